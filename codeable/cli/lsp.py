"""`codeable lsp`: the language server, which editors start."""

import sys

import click

from codeable.errors import CodeableError
from codeable.terminal import write


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it does anyway.")
@click.option("--clientProcessId", "client", type=int, help="The process of the editor; for some clients.")
@click.option("--clientName", "name", default="", help="The name of the editor, where it says none.")
def lsp_command(stdio: bool, client: int | None, name: str) -> None:  # noqa: ARG001 - clients give them
    """Serve an editor: diagnostics, completion, rename and more in field notes and modules.

    Editors start it and speak with it over standard input and output, in the Language Server Protocol.
    `docs/editor.md` has the configuration for each.
    """
    try:
        from codeable.editor.serve import serve_and_end
    except ImportError as error:
        raise CodeableError(
            f"the language server needs {error.name}; install it: pip install 'codeable[editor]'"
        ) from error
    if sys.stdin.isatty():
        write("codeable lsp waits for an editor that speaks with it; Ctrl-C ends it", stderr=True)
    serve_and_end(name)
