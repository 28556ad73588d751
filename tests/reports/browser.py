"""A page of a report in a real browser: what a script finds out about it there."""

import base64
import hashlib
import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.tools import require_tool

CONTRAST = """
const luminance = (colour) => {
  const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
    const one = Number(part) / 255;
    return one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if (!/rgba\\(.*, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
const contrast = (element) => {
  const both = [getComputedStyle(element).color, ground(element)].map(luminance);
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
};
const worstContrast = () => Math.min(...[...document.querySelectorAll("body *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => !["SCRIPT", "STYLE"].includes(each.tagName) && !each.closest("svg"))
  .map(contrast));
"""
"""Functions for a script: `worstContrast()` is the smallest contrast between a text and its ground."""


def seen_in_browser(
    page: str, script: str, folder: Path, *, width: int = 1200, height: int = 900, is_dark: bool = False
) -> Any:
    """What a script returns that runs in a page after it was loaded.

    The policy of the page stays in force. Where it, or an error, stops something, the test fails.

    Args:
        page: The page.
        script: The body of an asynchronous function. It returns what JSON can hold.
        folder: Where the page may be written.
        width: The width of the window, in pixels.
        height: Its height.
        is_dark: Whether the reader's system is dark.
    """
    browser = require_tool("chromium", "chromium-browser", "google-chrome")
    probe = f"""
      const problems = [];
      const note = (event) => problems.push(event.violatedDirective ?? event.message);
      addEventListener("securitypolicyviolation", note);
      addEventListener("error", note);
      addEventListener("load", async () => {{
        let seen = null;
        try {{
          seen = await (async () => {{ {script} }})();
        }} catch (error) {{ problems.push(String(error)); }}
        const loaded = performance.getEntriesByType("resource").map((each) => each.name);
        parent.postMessage(JSON.stringify({{ seen, problems, loaded }}), "*");
      }});
    """
    digest = base64.b64encode(hashlib.sha256(probe.encode()).digest()).decode()
    assert "script-src 'sha256-" in page
    probed = page.replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    probed = probed.replace("<title>", f"<script>{probe}</script><title>", 1)
    (folder / "page.html").write_text(probed, encoding="utf-8")
    (folder / "frame.html").write_text(
        f'<iframe src="page.html" width="{width}" height="{height}" style="border: 0"></iframe><script>'
        'addEventListener("message", (event) => { document.documentElement.dataset.seen = event.data; });'
        "</script>",
        encoding="utf-8",
    )
    arguments = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", f"--window-size={width + 100},{height + 100}"),
        *([f"--blink-settings=preferredColorScheme={0 if is_dark else 1}"]),
        (folder / "frame.html").as_uri(),
    ]
    done = subprocess.run([browser, *arguments], capture_output=True, timeout=120, check=True)
    found = re.search(r'data-seen="([^"]*)"', done.stdout.decode("utf-8", "replace"))
    assert found is not None, done.stderr.decode("utf-8", "replace")[-1000:]
    result = json.loads(html.unescape(found[1]))
    assert result["problems"] == []
    assert result["loaded"] == []
    return result["seen"]
