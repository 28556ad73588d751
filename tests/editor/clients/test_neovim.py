"""Neovim with the configuration of the page for users, by keys as a user presses them."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.editor.clients.setup import (
    configuration,
    environment,
    eventually,
    left_over,
    servers_of,
    storage_study,
)
from tests.tools import require_tool

pytestmark = pytest.mark.slow

BEFORE_0_8 = """
if not vim.lsp.start then  -- what Neovim 0.8 and 0.10 have, for the one of Debian 12
  vim.fs = { root = function(buffer, markers)
    local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":h")
    for _, marker in ipairs(markers) do
      local found = vim.fn.finddir(marker, folder .. ";")
      if found ~= "" then return vim.fn.fnamemodify(found, ":p:h:h") end
    end
  end }
  local client
  vim.lsp.start = function(options)
    client = client or vim.lsp.start_client(options)
    vim.lsp.buf_attach_client(0, client)
    vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"
  end
end
"""


class Neovim:
    """A Neovim without a window, which is sent keys."""

    def __init__(self, program: str, folder: Path, home: Path) -> None:
        start = home / "init.lua"
        self._environment = environment(home)
        start.write_text(BEFORE_0_8 + configuration("lua"), encoding="utf-8")
        self._program, self._socket = program, home / "socket"
        self.process = psutil.Popen(
            [program, "--headless", "--clean", "-u", str(start), "--listen", str(self._socket)],
            cwd=folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(self._socket.exists)

    def keys(self, keys: str) -> None:
        """Press keys."""
        self._call("--remote-send", keys)

    def ask(self, lua: str) -> Any:
        """The value of an expression in Lua."""
        quoted = f"json_encode(luaeval({json.dumps(lua)}))"
        return json.loads(self._call("--remote-expr", quoted))

    def wait(self, lua: str) -> Any:
        """The first value of an expression in Lua that is neither null nor false nor empty."""
        return eventually(lambda: self.ask(lua))

    def _call(self, option: str, text: str) -> str:
        done = subprocess.run(
            [self._program, "--server", str(self._socket), option, text],
            capture_output=True,
            encoding="utf-8",
            env=self._environment,
            timeout=30,
            check=True,
        )
        return done.stdout or done.stderr


@pytest.fixture
def neovim(tmp_path: Path) -> Iterator[Neovim]:
    program = require_tool("nvim")
    editor = Neovim(program, storage_study(tmp_path / "study"), tmp_path / "home")
    yield editor
    if editor.process.is_running():
        editor.process.kill()


MESSAGES = "vim.tbl_map(function(each) return each.message end, vim.diagnostic.get(0))"
LINE = "vim.api.nvim_get_current_line()"


def test_a_note_is_mended_by_what_the_server_says(neovim: Neovim, tmp_path: Path) -> None:
    neovim.keys(":edit sources/s_1.md<CR>")
    neovim.wait("#vim.diagnostic.get(0) > 0")
    assert any(
        message.startswith("'objct_store' is used but declared nowhere") for message in neovim.ask(MESSAGES)
    )

    # The 🙂 before the place, and the half-written name, are as a user has them.
    neovim.keys("/objct<CR>ciwobject_s<C-x><C-o>")
    words = neovim.wait("vim.tbl_map(function(each) return each.word end, vim.fn.complete_info().items)")
    assert words == ["object_store"]
    neovim.keys("<C-y><Esc>")
    assert "(storage_decision, object_store, " in neovim.wait(LINE)
    neovim.wait(f"not vim.inspect({MESSAGES}):find('objct_store')")

    neovim.keys(":lua vim.lsp.buf.rename('blob_store')<CR>")
    neovim.wait(f"{LINE}:find('blob_store') ~= nil")
    neovim.keys(":wall<CR>")
    note, module = tmp_path / "study/sources/s_1.md", tmp_path / "study/models/storage.py"
    eventually(lambda: "blob_store" in module.read_text(encoding="utf-8"))
    assert module.read_text(encoding="utf-8").count("blob_store") == 2
    text = note.read_text(encoding="utf-8")
    assert "Familiar option: blob_store" in text
    assert "files in an object_store 🙂." in text

    neovim.keys(":CodeableFigure<CR>")
    figure = neovim.wait("vim.fn.execute('messages'):match('[^ ]+storage_decision.svg')")
    assert "Object Store" in Path(figure).read_text(encoding="utf-8")

    started = servers_of(neovim.process)
    assert started
    neovim.keys(":quitall<CR>")
    assert neovim.process.wait(20) == 0
    assert left_over(started) == []
    for log in (tmp_path / "home").rglob("lsp.log"):  # the client writes what it does not understand
        assert "ERROR" not in log.read_text(encoding="utf-8")
