"""A Model Context Protocol server over stdio: assistants look facts up instead of guessing.

`lookup` answers the questions, `readonly_sql` the queries, `telling` gives values and evidence
their shape, `dictionary` says what the tables are, and `wire` alone knows the protocol. Nothing is
written, nothing is fetched: the server reads one edition and speaks through its standard streams.
"""

from typing import TYPE_CHECKING

from lunarprogrammes.errors import MissingExtra

if TYPE_CHECKING:
    from pathlib import Path


def serve(path: "str | Path | None" = None) -> None:
    """Serve the edition in the package, or the one at a path, until standard input ends.

    Needs the extra `mcp`. Raises `MissingExtra`, or `EditionError` where there is no edition: both
    before a word of the protocol is spoken.
    """
    try:
        import mcp.server.mcpserver  # noqa: F401
    except ImportError:
        raise MissingExtra(
            "mcp is not installed, or is older than version 2.",
            remedy="Install it with: pip install 'lunarprogrammes[mcp]'",
        ) from None
    from lunarprogrammes.edition import Edition
    from lunarprogrammes.mcp_server.lookup import Lookup
    from lunarprogrammes.mcp_server.wire import server_for

    server_for(Lookup(Edition.open(path))).run("stdio")
