"""Print one of the commands that the README offers: `readme_command.py tests` or `readme_command.py main`.

A command is the fenced block right below the comment `<!-- command: NAME -->`, so what is tested here is
what a newcomer copies.
"""

import re
import sys
from pathlib import Path


def readme_command(name: str) -> str:
    """The shell text of the command of that name in the README."""
    text = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- command: {re.escape(name)} -->\s*```sh\n(.*?)```", text, re.DOTALL)
    if found is None:
        sys.exit(f"README.md has no command {name!r}")
    return found[1]


if __name__ == "__main__":
    sys.stdout.write(readme_command(sys.argv[1]))
