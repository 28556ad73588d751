"""The child process that loads a study for the language server. `study_process` starts it as a module.

The modules of a study are programs: they may print, wait for ever or end the process. So they run here, never
in the server. The parent writes the folder to standard input, as a `marshal` value, and folder and time limit
when the study is to be loaded. Then it reads one reply from standard output: `("model", document, modules)`,
which are the `model_document` and the files of the modules by name, or `("error", message, path, line)`.
Before it are a mark and its length: `marshal` may do anything with what a module has written there.
What the modules print goes to standard error; so does, from time to time, what is running.
"""

import faulthandler
import json
import marshal
import os
from typing import Any

from codeable.errors import CodeableError
from codeable.exchange.study_json.writer import model_document
from codeable.loading import StudyModuleError, compile_modules, load_folder
from codeable.loading.interpreter import take_over_streams

MARK = b"codeable"
"""The first bytes of a reply; the next `LENGTH_BYTES` are its length, the most significant first."""
LENGTH_BYTES = 8
_SHORTEST, _LONGEST = 0.01, 60.0


def main() -> None:
    """Load one study and end."""
    requests, replies = take_over_streams()
    try:
        compile_modules(marshal.load(requests))
        folder, seconds = marshal.load(requests)
    except (EOFError, ValueError, TypeError):  # the parent is gone
        return
    faulthandler.dump_traceback_later(min(max(seconds / 4, _SHORTEST), _LONGEST), repeat=True, file=2)
    reply = marshal.dumps(_loaded(folder))
    replies.write(MARK + len(reply).to_bytes(LENGTH_BYTES) + reply)
    replies.flush()
    os._exit(0)  # threads and exit functions of the study are nobody's concern


def _loaded(folder: str) -> tuple[Any, ...]:
    try:
        registry = load_folder(folder, pass_closed=True)
        modules = {name: str(getattr(each, "__file__", "") or "") for name, each in registry.modules.items()}
        return "model", _as_plain_data(model_document(registry)), modules
    except StudyModuleError as error:
        return "error", str(error), error.path, error.line
    except CodeableError as error:
        return "error", str(error), "", 0
    except BaseException as error:  # a value of the study may raise anything when it is read
        return "error", f"the study cannot be read: {type(error).__name__}: {error}", "", 0


def _as_plain_data(document: dict[str, Any]) -> dict[str, Any]:
    """A document that `marshal` can write; it takes no texts of classes of a study's own."""
    try:
        marshal.dumps(document)
    except ValueError:
        plain: dict[str, Any] = json.loads(json.dumps(document))
        return plain
    return document


if __name__ == "__main__":
    main()
