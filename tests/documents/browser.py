"""A notebook as a page in a real browser: how it looks there, as a screenshot and as figures measured."""

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["Figure", "Page", "look_at"]

_WIDTH, _HEIGHT = 900, 12000
_MEASURE = """
<script>
window.addEventListener("load", async () => {
  const figures = [];
  for (const picture of document.querySelectorAll(".jp-OutputArea-output img, .jp-OutputArea-output svg")) {
    const box = picture.getBoundingClientRect();
    const { left, top, width, height } = box;
    const cell = picture.closest(".jp-OutputArea-child").getBoundingClientRect();
    const seen = { left, top, width, height, outside: [], texts: 0, cut: box.right > cell.right + 1 };
    const stage = document.createElement("div");
    if (picture.src) {
      await picture.decode().catch(() => {});
      const bytes = Uint8Array.from(atob(picture.src.split(",")[1]), (one) => one.charCodeAt(0));
      stage.innerHTML = new TextDecoder().decode(bytes);
    } else stage.append(picture.cloneNode(true));
    document.body.append(stage);
    const svg = stage.querySelector("svg");
    const frame = svg?.getBoundingClientRect();
    for (const text of svg?.querySelectorAll("text, use") ?? []) {
      const place = text.getBoundingClientRect();
      seen.texts += place.width > 0;
      if (place.left < frame.left - 1 || place.right > frame.right + 1 ||
          place.top < frame.top - 1 || place.bottom > frame.bottom + 1) seen.outside.push(text.textContent);
    }
    stage.remove();
    figures.push(seen);
  }
  const tables = [...document.querySelectorAll(".jp-OutputArea-output table")];
  const errors = [...document.querySelectorAll('[data-mime-type="application/vnd.jupyter.stderr"]')];
  const plain = [...document.querySelectorAll('.jp-OutputArea-executeResult [data-mime-type="text/plain"]')];
  document.documentElement.dataset.seen = JSON.stringify({
    figures, rows: tables.map((one) => one.rows.length),
    errors: errors.map((one) => one.textContent), plain: plain.map((one) => one.textContent),
  });
});
</script>
"""


@frozen
class Figure:
    """One picture as the browser laid it out.

    Attributes:
        left: Where it starts, in pixels; so are `top`, `width` and `height`.
        texts: How many of its texts, or of their outlines, take up room.
        outside: Texts that reach over its border.
        is_cut: Whether it is wider than its cell, which shows a part of it only.
    """

    left: float
    top: float
    width: float
    height: float
    texts: int
    outside: tuple[str, ...]
    is_cut: bool


@frozen
class Page:
    """What a browser made of a notebook."""

    figures: tuple[Figure, ...]
    errors: tuple[str, ...]
    table_rows: tuple[int, ...]
    plain_texts: tuple[str, ...]
    screenshot: Path

    def problems(self) -> list[str]:
        """What a reader would see to be broken."""
        found = [f"error or warning: {text.strip()[:200]}" for text in self.errors]
        found += [f"shown as plain text only: {text.strip()[:80]}" for text in self.plain_texts]
        found += [f"table {number} has no rows" for number, rows in enumerate(self.table_rows) if rows < 2]
        for number, figure in enumerate(self.figures):
            if figure.width < 100 or figure.height < 50:
                found.append(f"figure {number} is {figure.width:.0f} by {figure.height:.0f} pixels")
            if figure.texts < 2:
                found.append(f"figure {number} shows no text")
            if figure.outside:
                found.append(f"figure {number} cuts off {figure.outside[0]!r}")
            if figure.is_cut:
                found.append(f"figure {number} is wider than its cell")
            if not self._has_ink(figure):
                found.append(f"figure {number} is blank in the screenshot")
        return found

    def _has_ink(self, figure: Figure) -> bool:
        from PIL import Image

        with Image.open(self.screenshot) as image:
            box = (figure.left, figure.top, figure.left + figure.width, figure.top + figure.height)
            part = image.convert("L").crop(tuple(int(side) for side in box))
        dark = sum(part.histogram()[:100])
        return dark > 0.002 * max(1, part.width * part.height)


def look_at(notebook: Any, browser: str, folder: Path, name: str) -> Page:
    """Show an executed notebook in a browser without a window.

    Args:
        notebook: As `nbformat` reads it.
        browser: The program of the browser.
        folder: Where the page and the screenshot stay, as `NAME.html` and `NAME.png`.
        name: What they are called.
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="lab", mathjax_url="", require_js_url="", jquery_url="")
    page, _ = exporter.from_notebook_node(notebook)
    folder.mkdir(parents=True, exist_ok=True)
    shown, screenshot = folder / f"{name}.html", folder / f"{name}.png"
    shown.write_text(page + _MEASURE, encoding="utf-8")
    screenshot.unlink(missing_ok=True)
    arguments = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=2000"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", f"--window-size={_WIDTH},{_HEIGHT}"),
        *(f"--screenshot={screenshot}", "--dump-dom", shown.as_uri()),
    ]
    done = subprocess.run([browser, *arguments], capture_output=True, timeout=60, check=True)
    dumped = done.stdout.decode("utf-8", "replace")
    found = re.search(r'data-seen="([^"]*)"', dumped)
    assert found is not None, dumped[:500]
    seen = json.loads(html.unescape(found[1]))
    figures = tuple(
        Figure(
            *(one[side] for side in ("left", "top", "width", "height", "texts")),
            tuple(one["outside"]),
            one["cut"],
        )
        for one in seen["figures"]
    )
    return Page(figures, tuple(seen["errors"]), tuple(seen["rows"]), tuple(seen["plain"]), screenshot)
