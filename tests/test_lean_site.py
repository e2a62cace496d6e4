"""A lighter site shows the same: only what nobody sees is left out."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from lean_site import Used, squeezed


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>\n\n  one\n   two </p>\n\n<p>", "<p>\none\ntwo </p>\n<p>"),
        ("\n\n<pre class='x'>a\n\n  b</pre>\n\n", "\n<pre class='x'>a\n\n  b</pre>\n"),
        ("<script>`a\n\n b`</script>\n\n", "<script>`a\n\n b`</script>\n"),
        ("<textarea>a\n\n b</textarea>\n\n", "<textarea>a\n\n b</textarea>\n"),
        ("<preface>\n\n  a</preface>", "<preface>\na</preface>"),
    ],
)
def test_white_space_goes_where_it_shows_nowhere(page, left):
    assert squeezed(page) == left
    assert squeezed(left) == left


def test_a_footnote_keeps_its_first_way_back():
    first = '<a class="footnote-backref" href="#fnref:5" title="Back">↩</a>'
    second = '<a class="footnote-backref" href="#fnref2:5" title="Back">↩</a>'
    assert squeezed(f"<p>{first}{second}{second}</p>") == f"<p>{first}</p>"


@pytest.fixture
def used():
    """What one page and one script name."""
    found = Used()
    found.read_page('<body dir="ltr" data-md-color-scheme="slate"\nclass="a b-c"><p class="d">')
    found.read_script('element.classList.add("set-later")')
    return found


KEPT = [
    ".a{x:y}",
    "p.a .b-c>.d::after{x:y}",
    ".set-later:hover{x:y}",
    "[dir=ltr] .a{x:y}",
    "[data-md-color-scheme=slate]{x:y}",
    "[data-md-state=hidden]{x:y}",
    "[hidden],[type=text]{x:y}",
    ".a:not(.never),:is(.never,.a){x:y}",
    'html{--icon:url("data:image/svg+xml;charset=utf-8,<svg class=never/>")}',
    "@media print{.a{x:y}}",
    "@media screen and (min-width:60em){@supports (x:y){.a{x:y}}}",
    "@keyframes turn{0%{x:y}to{x:z}}",
    '@charset "UTF-8";',
    "@page{margin:1mm}",
]


@pytest.mark.parametrize("sheet", KEPT)
def test_a_rule_that_may_match_stays_as_it_stands(used, sheet):
    assert used.pruned(sheet) == sheet


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".never{x:y}", ""),
        (".a.never,.never .a{x:y}", ""),
        (".never,.a,p .never{x:y}", ".a{x:y}"),
        ("[dir=rtl] .a{x:y}", ""),
        ("[data-md-color-scheme=default]{x:y}", ""),
        ("@media print{.never{x:y}}.a{x:y}", ".a{x:y}"),
        ("@media print{.never{x:y}.a{x:y}}", "@media print{.a{x:y}}"),
        ("/* told */.a{x:y}", ".a{x:y}"),
    ],
)
def test_a_rule_that_can_match_nothing_goes(used, sheet, left):
    assert used.pruned(sheet) == left
