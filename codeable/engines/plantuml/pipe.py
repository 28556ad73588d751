"""One PlantUML that runs with `-pipe`, and what it reports on standard error; `process` starts it.

PlantUML reads texts from its standard input and writes pictures to its standard output, each followed by a
delimiter. It reports errors on standard error (`-stdrpt:1`); it also draws them, and that picture is dropped.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.engines.child_process import ChildProcess, UnavailableError
from codeable.engines.plantuml.backend import (
    LARGEST_ANSWER,
    LARGEST_PIXELS,
    SIGNATURES,
    VERSION,
    VERSION_TEXT,
    BackendError,
    start_of,
)
from codeable.engines.plantuml.options import INSTALL_GRAPHVIZ

# The first is enough for one picture at a time; the second leaves no files behind when the process is killed.
# The compiler is left as it is: limited to its first level, Java starts half a second earlier, but is slower
# from the twentieth picture on, in the end by half.
_JAVA_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "-DPLANTUML_SECURITY_PROFILE=SANDBOX",
)
_CHUNK = 1 << 16
_FAULTY_TEXT = b"@startuml\nclass probe\nfaulty line (\n@enduml\n"
_FAULTY_LINE = 3
_STATUS = re.compile(r"^status=(ERROR|NO_DATA)\s*$", re.M)
_LINE_NUMBER = re.compile(r"^lineNumber=(\d+)\s*$", re.M)
_LABEL = re.compile(r"^label=(.*\S)\s*$", re.M)
_STACK_TRACE = re.compile(r"^((?:[\w$]+\.)+[\w$]*(?:Exception|Error)\b.*)\n\s+at ", re.M)
_MISSING_GLYPH = re.compile(r"Glyph .*\(0x([0-9a-f]+),.*not available in font (\S+)")


@frozen
class Drawn:
    """What PlantUML made of a text: the picture, and what it wrote to standard error.

    Attributes:
        line_shift: What to add to a reported line number: old versions count from 0, new ones from 1.
    """

    picture: bytes
    errors: str
    line_shift: int = 0


class PlantUmlProcess(ChildProcess[bytes, Drawn]):
    """One PlantUML that runs with `-pipe`. It closes its output after a PDF, so that one is its only picture.

    Args:
        command: The program and its arguments.
        picture_format: The format that it is started for.
        folder: Its working directory.
    """

    what = "PlantUML"

    def __init__(self, command: Sequence[str], picture_format: str, folder: Path) -> None:
        self._format = picture_format
        self._name = command[0]
        self._delimiter = f"codeable-{secrets.token_hex(16)}".encode()
        self._left_over = b""
        self._line_shift: int | None = None
        super().__init__(
            [*command, "-pipe", "-stdrpt:1", "-pipedelimitor", self._delimiter.decode()],
            environment=environment(os.environ),
            folder=folder if folder.is_dir() else Path(tempfile.gettempdir()),
            own_group=True,
        )

    def _first_answer(self) -> str:
        """PlantUML's version from a process for SVG; of another, only whether it writes its format."""
        if self._format == "pdf":
            return "unknown"
        self._send(VERSION_TEXT.encode())
        answer = self._receive().picture
        version = VERSION.search(answer)
        if self._format == "svg" and version is None:
            raise UnavailableError(
                f"{self._name} does not answer as PlantUML does, but with {start_of(answer)}"
            )
        if not SIGNATURES[self._format].match(answer):
            raise UnavailableError(f"this PlantUML cannot write {self._format.upper()}")
        return version[1].decode() if version is not None else "unknown"

    def _send(self, request: bytes) -> None:
        self._to_child.write(request)
        self._to_child.flush()

    def _receive(self) -> Drawn:
        drawn = Drawn(self._read_answer(), self._error_text())
        if not _LINE_NUMBER.search(drawn.errors):
            return drawn
        if self._line_shift is None:
            self._forget_errors()
            self._send(_FAULTY_TEXT)
            self._read_answer()
            reported = _LINE_NUMBER.search(self._error_text())
            self._line_shift = _FAULTY_LINE - int(reported[1]) if reported else 0
        return Drawn(drawn.picture, drawn.errors, self._line_shift)

    def _read_answer(self) -> bytes:
        answer = bytearray(self._left_over)
        searched = 0
        while (end := answer.find(self._delimiter, searched)) < 0:
            searched = max(0, len(answer) - len(self._delimiter))
            chunk = self._from_child.read1(_CHUNK)
            if not chunk:
                if self._format == "pdf" and answer.rstrip().endswith(b"%%EOF"):
                    self.is_spent = True
                    return bytes(answer)
                raise EOFError
            answer += chunk
            if len(answer) > LARGEST_ANSWER:
                self.kill()
                raise EOFError
        self._left_over = bytes(answer[end + len(self._delimiter) :])
        return bytes(answer[:end]).lstrip(b"\r\n")

    def _ending(self, status: int | None, errors: str) -> str:
        how = f" (exit status {status})" if status else ""
        tail = _stderr_tail(errors)
        ending = f"{how}: {tail}" if tail else how
        if "fontconfig" in errors.casefold():
            ending += "; install a font and fontconfig: apt-get install -y fontconfig fonts-dejavu-core"
        return ending


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of the child: the given one, the sandbox, and options for Java."""
    java_options = " ".join(filter(None, (given.get("JAVA_TOOL_OPTIONS", "").strip(), *_JAVA_OPTIONS)))
    return {
        **given,
        "JAVA_TOOL_OPTIONS": java_options,
        "PLANTUML_LIMIT_SIZE": str(LARGEST_PIXELS),
        "PLANTUML_SECURITY_PROFILE": "SANDBOX",
    }


def refuse_reported(drawn: Drawn) -> None:
    """Raise what PlantUML reports on standard error; the picture then shows an error, or boxes for text.

    Raises:
        BackendError: There is a report.
    """
    status = _STATUS.search(drawn.errors)
    if status is not None and status[1] == "NO_DATA":
        raise BackendError("PlantUML finds no diagram in the text; it may not know this kind of diagram")
    if status is not None:
        label, line = _LABEL.search(drawn.errors), _LINE_NUMBER.search(drawn.errors)
        problem = label[1] if label else "PlantUML cannot read it"
        raise BackendError(problem, int(line[1]) + drawn.line_shift if line else None)
    crash = _STACK_TRACE.search(drawn.errors)
    if crash is not None:
        if "Cannot run program" in crash[1]:
            raise BackendError(
                f"PlantUML does not find Graphviz's program 'dot'; install it: {INSTALL_GRAPHVIZ}"
            )
        raise BackendError(f"PlantUML crashed: {crash[1]}; a newer PlantUML may draw it")
    glyph = _MISSING_GLYPH.search(drawn.errors)
    if glyph is not None:
        raise BackendError(
            f"the font {glyph[2]} has no character U+{int(glyph[1], 16):04X}; "
            "draw it as svg, or with --engine graphviz"
        )


def _stderr_tail(errors: str) -> str:
    """The lines of standard error that say why PlantUML ended."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("Picked up ", "at ", "..."))]
    causes = [line for line in said if line.startswith("Caused by: ")]
    return " | ".join(dict.fromkeys([*said[:2], *causes[-1:]]))
