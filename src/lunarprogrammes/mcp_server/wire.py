"""The protocol: the questions of `Lookup` as tools, the data dictionary as resources.

The official SDK speaks; here the tools are named, arguments that nobody expects are refused, and
every mistake is told with what, expected and remedy. Requests are answered one at a time.
"""

import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lunarprogrammes import __version__
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.find import closest
from lunarprogrammes.mcp_server.lookup import Lookup
from lunarprogrammes.mcp_server.telling import Told

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

DICTIONARY = "lunarprogrammes://dictionary"
INSTRUCTIONS = """\
Facts about lunar missions, programmes and partners, each with the documents that state it. Look a \
fact up before you state it: `find` gives table and id, `show` the record, `why` the evidence.
Keep what an answer keeps: "2030~" is about 2030, "2026/.." no earlier than 2026; give no date \
or figure more precisely than its value. The verdict of a cell: single (one source), agreed \
(several), superseded (later statements replaced earlier ones), contested (sources contradict each \
other: say so, and name both). An empty cell means that no document which was read states it, not \
that it is not so. Name the source and the date of the edition; `cite` writes the citation."""

_log = logging.getLogger("lunarprogrammes")


def tools_of(lookup: Lookup) -> dict[str, Callable[..., Told]]:
    """Return the questions by the names under which they are offered.

    >>> from lunarprogrammes.edition import Edition
    >>> list(tools_of(Lookup(Edition.open())))[:4]
    ['find', 'show', 'why', 'list']
    """
    return {
        "find": lookup.find,
        "show": lookup.show,
        "why": lookup.why,
        "list": lookup.list_records,
        "known_on": lookup.known_on,
        "slips": lookup.slips,
        "camps": lookup.camps,
        "positions": lookup.positions,
        "cite": lookup.cite,
        "query": lookup.query,
        "describe": lookup.describe,
    }


def server_for(lookup: Lookup) -> "MCPServer[Any]":
    """Return a server that answers for one edition. Needs the extra `mcp`.

    Raises `EditionError` where the edition cannot be read.

    >>> from lunarprogrammes.edition import Edition
    >>> server_for(Lookup(Edition.open())).name
    'lunarprogrammes'
    """
    import anyio
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import CallToolResult, TextContent, ToolAnnotations

    questions = tools_of(lookup)
    turn = anyio.Lock()

    class Server(MCPServer[Any]):
        """The SDK's server, with mistakes told in this package's words."""

        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            try:
                expect_arguments(name, arguments, await parameters(self))
                async with turn:
                    result = await super().call_tool(name, arguments, context)
                told, failed = getattr(result, "structured_content", None) or {}, False
            except LunarProgrammesError as error:
                told, failed = mistake(error), True
            except ToolError as error:
                told, failed = mistake(error.__cause__ or error), True
            told.setdefault("edition", lookup.edition.version)
            text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            return CallToolResult(
                content=[TextContent(type="text", text=text)],
                structured_content=told,
                is_error=failed,
            )

    server = Server(
        "lunarprogrammes",
        title="Lunar programmes, with sources",
        instructions=f"{INSTRUCTIONS}\nThis is the edition {lookup.edition.version}.",
        version=__version__,
        log_level="WARNING",
    )
    harmless = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for name, question in questions.items():
        server.add_tool(
            question, name=name, description=_description(question), annotations=harmless
        )
    _add_resources(server, lookup)
    return server


async def parameters(server: "MCPServer[Any]") -> dict[str, set[str]]:
    """Return the names of the arguments of every tool."""
    listed = await server.list_tools()
    return {tool.name: {*tool.input_schema.get("properties", {})} for tool in listed}


def expect_arguments(name: str, given: dict[str, Any], known: dict[str, set[str]]) -> None:
    """Refuse a tool that there is not, or an argument that would silently be left out.

    >>> expect_arguments("find", {"txt": "luna"}, {"find": {"text"}})
    Traceback (most recent call last):
    ...
    lunarprogrammes.errors.LunarProgrammesError: find takes no 'txt'. ... Did you mean text?
    """
    if name not in known:
        close = closest(known, name)
        raise LunarProgrammesError(
            f"There is no tool '{name}'.",
            expected=f"The tools are {', '.join(known)}.",
            remedy=f"Did you mean {close[0]}?" if close else "",
        )
    for argument in given:
        if argument not in known[name]:
            close = closest(known[name], argument)
            raise LunarProgrammesError(
                f"{name} takes no '{argument}'.",
                expected=f"Its arguments are {', '.join(sorted(known[name]))}.",
                remedy=f"Did you mean {close[0]}?" if close else "Fields of a table go in filters.",
            )


def mistake(error: BaseException) -> Told:
    """Return a mistake as it is told: code, what, where, what was expected, what to do.

    What nobody foresaw is logged on standard error and told without its inner parts.

    >>> mistake(LunarProgrammesError("No.", expected="Yes.", remedy="Try."))["error"]["remedy"]
    'Try.'
    """
    if isinstance(error, LunarProgrammesError):
        where = ": ".join(part for part in (error.place, error.record) if part)
        told = {"code": error.code, "what": error.what, "where": where}
        told |= {"expected": error.expected, "remedy": error.remedy}
    elif isinstance(error, ValidationError):
        wrong = [
            f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}"
            for one in error.errors(include_url=False, include_context=False)
        ]
        told = {
            "code": "arguments",
            "what": "The arguments do not fit: " + "; ".join(wrong) + ".",
            "expected": "Expected what the tool's input schema says.",
            "remedy": "Correct the arguments and ask again.",
        }
    else:
        _log.error("The server could not answer.", exc_info=error)
        told = {
            "code": "internal",
            "what": "The server could not answer.",
            "remedy": "Ask in another way; its standard error says what went wrong.",
        }
    return {"error": {name: text for name, text in told.items() if text}}


def _description(question: Callable[..., Told]) -> str:
    """Return what a docstring says before its example."""
    return " ".join((question.__doc__ or "").split(">>>")[0].split())


def _add_resources(server: "MCPServer[Any]", lookup: Lookup) -> None:
    from mcp.server.mcpserver.exceptions import ResourceNotFoundError

    def all_tables() -> str:
        return json.dumps(lookup.describe(), ensure_ascii=False)

    def one_table(table: str) -> str:
        try:
            return json.dumps(lookup.describe(table), ensure_ascii=False)
        except LunarProgrammesError as error:
            raise ResourceNotFoundError(str(error)) from None

    server.resource(
        DICTIONARY,
        name="dictionary",
        description="The data dictionary: tables, fields, verdicts.",
        mime_type="application/json",
    )(all_tables)
    server.resource(
        f"{DICTIONARY}/{{table}}",
        name="dictionary of a table",
        description="The fields of one table: meaning, unit, terms, references.",
        mime_type="application/json",
    )(one_table)
