"""The action, the hooks and the documented workflow are thin, true calls of the command."""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from lunarprogrammes.cli import parser_of

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("id") or step["name"]: step for step in ACTION["runs"]["steps"]}
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "check-your-own.md").read_text(encoding="utf-8")
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
GOOD = ROOT / "tests" / "mini_seeds"
bash = pytest.mark.skipif(not shutil.which("bash"), reason="no bash")


# The action.


def test_no_script_holds_an_expression():
    """What a workflow passes in is data: an expression in a script would make it a program."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) == 2
    for script in scripts:
        assert "${{" not in script
        assert "eval" not in script


def test_every_input_reaches_the_command_through_the_environment():
    used = {
        name
        for step in ACTION["runs"]["steps"]
        for value in {**step.get("env", {}), **step.get("with", {})}.values()
        for name in re.findall(r"inputs\.([a-z-]+)", str(value))
    }
    assert used == set(ACTION["inputs"])
    env = STEPS["check"]["env"]
    script = STEPS["check"]["run"]
    for name in set(ACTION["inputs"]) - {"python-version"}:
        variable = f"CHECK_{name.upper()}"
        assert env[variable] == f"${{{{ inputs.{name} }}}}"
        assert f"${variable}" in script
        # Every use stands inside quotation marks, so that it stays one word.
        for line in script.splitlines():
            for found in re.finditer(rf"\${variable}", line):
                assert line[: found.start()].count('"') % 2 == 1, line


def test_it_installs_its_own_checkout():
    install = STEPS["Install lunarprogrammes"]
    assert install["env"]["ACTION"] == "${{ github.action_path }}"
    assert shlex.split(install["run"])[-1] == "$ACTION"
    assert ACTION["outputs"]["problems"]["value"] == "${{ steps.check.outputs.problems }}"


def run_action(tmp_path, **inputs):
    """Run the script of the action as GitHub would, with this Python."""
    defaults = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
    given = {**defaults, **inputs}
    env = {f"CHECK_{name.upper()}": given[name] for name in given if name != "python-version"}
    summary, output = tmp_path / "summary.md", tmp_path / "output"
    output.unlink(missing_ok=True)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS["check"]["run"]],
        env={
            **os.environ,
            **env,
            "PYTHON": sys.executable,
            "PYTHONSAFEPATH": "1",
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_OUTPUT": str(output),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    shown = summary.read_text(encoding="utf-8") if summary.exists() else ""
    return done, shown, output.read_text(encoding="utf-8") if output.exists() else ""


@bash
def test_clean_readings_pass(tmp_path):
    shutil.copytree(GOOD, tmp_path / "seeds")
    done, summary, output = run_action(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "::error" not in done.stdout
    assert summary.startswith("## ")
    assert output == "problems=0\n"


@bash
def test_problems_are_annotated_counted_and_fail(tmp_path):
    shutil.copytree(GOOD, tmp_path / "read ings")
    sheet = next((tmp_path / "read ings").glob("peoples*/missions.csv"))
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("2024-03-2", "2024-3-2"))
    done, summary, output = run_action(tmp_path, path="read ings")
    assert done.returncode == 1, done.stderr
    assert "::error file=read ings/" in done.stdout
    assert "S101" in summary
    number = int(output.removeprefix("problems="))
    assert number == done.stdout.count("::error") + done.stdout.count("::warning") > 0
    done, _, output = run_action(tmp_path, path="read ings", ignore="S101")
    assert (done.returncode, output) == (0, "problems=0\n"), done.stdout


@bash
@pytest.mark.parametrize(
    "name", [name for name in ACTION["inputs"] if name not in {"python-version"}]
)
def test_no_input_is_ever_run(tmp_path, name):
    shutil.copytree(GOOD, tmp_path / "seeds")
    for hostile in ("$(touch owned)", '"; touch owned; "', "`touch owned`", "--fix\ntouch owned"):
        done, _, _ = run_action(tmp_path, **{name: hostile})
        assert not (tmp_path / "owned").exists()
        assert "Traceback" not in done.stderr
        assert name == "strict" or done.returncode != 0


@bash
def test_a_path_is_never_an_option(tmp_path):
    shutil.copytree(GOOD, tmp_path / "--fix")
    done, _, output = run_action(tmp_path, path="--fix")
    assert (done.returncode, output) == (0, "problems=0\n"), done.stderr


@bash
def test_what_cannot_be_checked_fails_as_such(tmp_path):
    assert run_action(tmp_path, path="nowhere")[0].returncode == 2


# The hooks.


def test_the_hooks_name_commands_and_options_that_exist():
    assert [hook["id"] for hook in HOOKS] == ["lunarprogrammes-check", "lunarprogrammes-fix"]
    for hook in HOOKS:
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
        program, *words = shlex.split(hook["entry"]) + hook["args"]
        assert program == "lunarprogrammes"
        arguments = parser_of(words).parse_args(words)
        assert arguments.fix is (hook["id"] == "lunarprogrammes-fix")
        assert re.search(hook["files"], "seeds/x-2026-y/missions.csv")
        assert re.search(hook["files"], "seeds/x-2026-y/source.json")
        assert not re.search(hook["files"], "README.md")


# What the documentation tells people to copy.


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_workflow_to_copy_uses_inputs_that_exist():
    workflows = [yaml.safe_load(block) for block in blocks("yaml") if "jobs:" in block]
    assert workflows
    for workflow in workflows:
        (job,) = workflow["jobs"].values()
        ours = [
            step
            for step in job["steps"]
            if "lunarprogrammes/lunarprogrammes" in step.get("uses", "")
        ]
        assert ours
        assert all(set(step["with"]) <= set(ACTION["inputs"]) for step in ours)
        assert workflow["permissions"] == {"contents": "read"}


def test_the_hooks_to_copy_exist():
    configured = [yaml.safe_load(block) for block in blocks("yaml") if "repos:" in block]
    assert configured
    for config in configured:
        for hook in config["repos"][0]["hooks"]:
            (found,) = [one for one in HOOKS if one["id"] == hook["id"]]
            words = shlex.split(found["entry"])[1:] + hook.get("args", [])
            parser_of(words).parse_args(words)


def test_the_commands_of_the_page_can_be_parsed():
    lines = [line for block in blocks("text") for line in block.splitlines()]
    commands = [line for line in lines if line.startswith("lunarprogrammes ")]
    assert commands
    for command in commands:
        words = shlex.split(command)[1:]
        parser_of(words).parse_args(words)


@bash
def test_the_whole_action_with_its_own_installation(tmp_path):
    """Only where asked for: it builds a wheel, which needs the network or a mirror."""
    if "LUNARPROGRAMMES_SLOW" not in os.environ:
        pytest.skip("set LUNARPROGRAMMES_SLOW to install the checkout")
    place = tmp_path / "place"
    env = {**os.environ, "PYTHON": sys.executable, "ACTION": str(ROOT), "PLACE": str(place)}
    subprocess.run(["bash", "-c", STEPS["Install lunarprogrammes"]["run"]], env=env, check=True)
    shown = subprocess.run(
        [sys.executable, "-m", "lunarprogrammes", "check", "--format=json", "--", str(GOOD)],
        env={**os.environ, "PYTHONPATH": str(place), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert json.loads(shown.stdout)["problems"] == []
    assert stat.S_ISDIR(place.stat().st_mode)
