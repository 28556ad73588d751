"""The language server for JupyterLab: jupyter-lsp finds it by the entry point `jupyter_lsp_spec_v1`.

JupyterLab uses one server for each language: of several with the same rank in its settings, the first by
name. So the server for Python has a name of its own, behind those of servers for any Python file, such as
`pylsp`. It serves modules where no other is installed, or where the user gives it a higher rank.
"""

import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

JUPYTERLAB = "JupyterLab"
"""The name of this client. It says none itself, so the command that starts the server does."""

_SERVERS = {
    "codeable": (("markdown", "ipythongfm", "gfm"), ("text/markdown", "text/x-gfm", "text/x-ipythongfm")),
    "python-codeable": (("python",), ("text/x-python",)),
}
"""Name → languages and MIME types, as JupyterLab calls them."""


def specifications(_manager: object) -> Mapping[str, Mapping[str, Any]]:
    """The language servers by name, as jupyter-lsp expects them; none where pygls is not installed.

    Example:
        >>> list(specifications(None))
        ['codeable', 'python-codeable']
    """
    if find_spec("pygls") is None:
        return {}
    return {
        name: {
            "version": 2,
            "argv": [sys.executable, "-m", "codeable", "lsp", "--clientName", JUPYTERLAB],
            "languages": list(languages),
            "mime_types": list(types),
            "display_name": "codeable",
            "requires_documents_on_disk": False,
        }
        for name, (languages, types) in _SERVERS.items()
    }
