"""Tools that some tests need and not every machine has: Java, PlantUML, npm, a browser.

Without the tool a test skips and says so. Where `CODEABLE_REQUIRE_TOOLS` is set to 1, as in continuous
integration, it fails instead, so that a test cannot stay unrun unnoticed.
"""

import os
import shutil
import sys
from collections.abc import Callable
from typing import NoReturn

import pytest

__all__ = ["REQUIRED", "calls_of", "examples", "missing", "require_tool"]

REQUIRED = "CODEABLE_REQUIRE_TOOLS"

_INSTALL = {
    "biber": "apt-get install -y biber texlive-bibtex-extra",
    "chromium": "apt-get install -y chromium",
    "dot": "apt-get install -y graphviz",
    "emacs": "apt-get install -y emacs-nox elpa-eglot elpa-markdown-mode",
    "java": "apt-get install -y default-jre-headless",
    "npm": "apt-get install -y npm",
    "nvim": "apt-get install -y neovim",
    "lualatex": "apt-get install -y texlive-luatex lmodern",
    "pdflatex": "apt-get install -y texlive-latex-extra lmodern",
    "pdffonts": "apt-get install -y poppler-utils",
    "pdftoppm": "apt-get install -y poppler-utils",
    "pdftotext": "apt-get install -y poppler-utils",
    "plantuml": "apt-get install -y plantuml graphviz",
}


def require_tool(*names: str) -> str:
    """The path of the first of these programs that is there; skips the test (or fails it) when none is.

    Several names mean that any one of them will do: `require_tool("chromium", "google-chrome")`.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        install = _INSTALL.get(names[0])
        missing(f"needs {' or '.join(names)}" + (f" ({install})" if install else ""))
    return found


def missing(reason: str) -> NoReturn:
    """Skip the running test for want of something; fail it where `CODEABLE_REQUIRE_TOOLS=1`."""
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{reason}, and {REQUIRED}=1 forbids to skip", pytrace=False)
    pytest.skip(reason)


def examples(most: int) -> int:
    """How many examples Hypothesis tries: all of them in continuous integration, a tenth elsewhere."""
    return most if "CI" in os.environ else max(most // 10, 5)


def calls_of(function: Callable[[], object]) -> int:
    """How many calls a function makes, of Python's functions and of those in C: its work, without a clock."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return number
