"""A page in Chromium without a window, driven over its debugging protocol by keys and pointer."""

import asyncio
import base64
import json
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any, Self

from tornado.websocket import WebSocketClientConnection, websocket_connect

__all__ = ["ChromiumPage"]

_SIZE = "1100,640"
_RANGE = """
(text) => {
  for (const line of document.querySelectorAll(".cm-line")) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const start = node.data.indexOf(text);
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + text.length);
      return range;
    }
  }
}
"""
"""The first place of a text in an editor of the page."""


class ChromiumPage:
    """The page of a browser that runs while the `async with` block does.

    Args:
        browser: The program.
        folder: Gets the browser's own files.
    """

    def __init__(self, browser: str, folder: Path) -> None:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
        self._process = subprocess.Popen(
            [
                *(browser, *arguments, "--remote-debugging-port=0", f"--window-size={_SIZE}"),
                *(f"--user-data-dir={folder}", "about:blank"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self._calls = 0
        self._socket: WebSocketClientConnection

    async def __aenter__(self) -> Self:
        assert self._process.stderr is not None
        address = next(line.split()[-1] for line in self._process.stderr if "DevTools listening on" in line)
        host = address.split("/")[2]
        pages: list[str] = []
        while not pages:
            with urllib.request.urlopen(f"http://{host}/json", timeout=10) as reply:
                found = json.load(reply)
            pages = [each["webSocketDebuggerUrl"] for each in found if each["type"] == "page"]
        self._socket = await websocket_connect(pages[0], max_message_size=1 << 28)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.communicate()

    async def open(self, address: str) -> None:
        """Go to an address."""
        await self._call("Page.navigate", url=address)

    async def ask(self, script: str) -> Any:
        """The value of an expression."""
        reply = await self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in reply, (script, reply)
        return reply["result"].get("value")

    async def wait(self, script: str, seconds: float = 60) -> Any:
        """The first value of an expression that is neither null nor false nor empty."""
        end = time.monotonic() + seconds
        while not (value := await self.ask(script)):
            assert time.monotonic() < end, f"{script} does not become true"
            await asyncio.sleep(0.1)
        return value

    async def click(self, target: str, times: int = 1, button: str = "left") -> None:
        """Click on an element, given by its selector, or on a text of the editor, given as `text=…`."""
        await self.point(target)
        for number in range(1, times + 1):
            for kind in ("mousePressed", "mouseReleased"):
                await self.point(target, kind, button=button, clickCount=number)

    async def point(self, target: str, kind: str = "mouseMoved", **more: Any) -> None:
        """Move the pointer to the middle of an element or a text; `modifiers=2` is with Ctrl."""
        box = f"document.querySelector({json.dumps(target)})"
        if target.startswith("text="):
            box = f"({_RANGE})({json.dumps(target.removeprefix('text='))})"
        x, y = await self.wait(
            f"(() => {{ const box = {box}?.getBoundingClientRect();"
            " return box && [box.x + box.width / 2, box.y + box.height / 2] })()"
        )
        await self._call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    async def write(self, text: str) -> None:
        """Write at the cursor, as by keys."""
        await self._call("Input.insertText", text=text)

    async def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Press one key; `code` is its number in Windows, and `modifiers=2` is with Ctrl."""
        for kind in ("keyDown", "keyUp"):
            await self.send_key(kind, key, code, modifiers)

    async def send_key(self, kind: str, key: str, code: int, modifiers: int = 0) -> None:
        """Press a key down (`keyDown`), or let it go (`keyUp`)."""
        about = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        await self._call("Input.dispatchKeyEvent", type=kind, **about)

    async def picture(self, path: Path) -> None:
        """Save what is to be seen."""
        reply = await self._call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(reply["data"]))

    async def _call(self, method: str, **params: Any) -> Any:
        self._calls += 1
        await self._socket.write_message(json.dumps({"id": self._calls, "method": method, "params": params}))
        while True:
            message = json.loads(await self._socket.read_message() or "")
            if message.get("id") == self._calls:
                assert "error" not in message, (method, message)
                return message["result"]
