"""An engine for tests of the main job. Its pictures have a size, and first and last bytes of their format."""

import html
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from codeable.engines import Drawing, Engine, EngineError, EngineState, Language, Picture

PIXELS_PER_BOX = 100


class StubEngine(Engine):
    """Draws what depends on the text alone; a picture is 100 pixels wide for each box."""

    name = "graphviz"
    language: Language = "dot"
    end = "}"

    def __init__(self, settings: Mapping[str, object], folder: Path | None) -> None:
        """Take what every engine takes, and use none of it."""

    def states(self) -> tuple[EngineState, ...]:
        return (EngineState("graphviz", "stub", ready=True, version="1", formats=self.formats()),)

    def formats(self) -> tuple[str, ...]:
        return ("svg", "pdf", "png", "eps")

    def version(self) -> str:
        return "stub"

    def _results(
        self, drawings: tuple[Drawing, ...], picture_format: str, dpi: int, timeout: float, jobs: int | None
    ) -> Iterator[Picture | EngineError]:
        for drawing in drawings:
            if drawing.text.rstrip().endswith(self.end):
                yield Picture(drawing.name, picture_format, picture(drawing.text, picture_format, dpi))
            else:
                yield EngineError(self.name, drawing.name, "the text is cut")

    def close(self) -> None: ...


class StubPlantUml(StubEngine):
    """Draws PlantUML text as the stub draws DOT."""

    name = "plantuml"
    language: Language = "plantuml"
    end = "@enduml"


def picture(text: str, picture_format: str, dpi: int) -> bytes:
    """A picture of a text: its size, the text, and the first and last bytes of its format."""
    width, height = PIXELS_PER_BOX * len(re.findall(r"^  n_\w+ \[", text, re.MULTILINE)), 50
    points = f"0 0 {width * 0.75:g} {height * 0.75:g}"
    if picture_format == "svg":
        size = f'width="{width * 0.75:g}pt" height="{height * 0.75:g}pt"'
        body = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<text>{html.escape(text)}</text>\n</svg>\n'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()
    if picture_format == "png":
        header = b"IHDR" + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"
        chunks = [header, b"IDAT" + zlib.compress(f"{dpi} {text}".encode()), b"IEND"]
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
            for chunk in chunks
        )
    if picture_format == "pdf":
        return f"%PDF-1.5\n/MediaBox [ {points} ]\n% {text!r}\n%%EOF\n".encode()
    return f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: {points}\n% {text!r}\n%%EOF\n".encode()
