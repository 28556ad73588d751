"""The helper by which a test asks for a tool."""

import pytest

from tests.tools import REQUIRED, missing, require_tool


def test_a_tool_that_is_there_is_given_with_its_path() -> None:
    assert require_tool("no-such-tool", "sh").endswith("/sh")


def test_a_missing_tool_skips_and_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRED, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.skip.Exception, match=r"needs dot \(apt-get install -y graphviz\)"):
        require_tool("dot")


def test_a_missing_tool_fails_where_tools_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match="forbids to skip"):
        missing("needs a thing")
