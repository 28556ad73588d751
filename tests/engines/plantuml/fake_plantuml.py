"""A fake PlantUML in `-pipe` mode: draws class names, and misbehaves when a text asks for it.

A text asks with a class named `please_...`, with the name of a file behind a colon where one is needed.
"""

import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="90px" height="40px"><g class="entity">{}</g></svg>'


def main(arguments: list[str]) -> None:
    delimiter = arguments[arguments.index("-pipedelimitor") + 1]
    if "--log" in arguments:
        with Path(arguments[arguments.index("--log") + 1]).open("a") as log:
            log.write(f"{os.getpid()} {' '.join(one for one in arguments if one != delimiter)}\n")
    if "--refuse" in arguments:
        print("Fontconfig head is null, check your fonts", file=sys.stderr)
        sys.exit(1)
    if "--start-slowly" in arguments:
        time.sleep(1)
    if "--be-killed-once" in arguments:
        mark = Path(arguments[arguments.index("--be-killed-once") + 1])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    lines: list[str] = []
    for line in sys.stdin:
        lines.append(line.rstrip("\n"))
        if line.startswith("@end"):
            if "-tpdf" in arguments and "--no-pdf" not in arguments:
                write_pdf(lines)
            answer = draw(lines, arguments)
            sys.stdout.buffer.write(answer + delimiter.encode() + b"\n")
            sys.stdout.buffer.flush()
            lines = []


def write_pdf(lines: list[str]) -> None:
    """Write a PDF and close the output, as the libraries of PlantUML do; then wait to be killed."""
    if "class please_lack_a_glyph" in lines:
        sys.stderr.write("WARNING: Glyph 25968 (0x6570, ) not available in font Helvetica\n")
    sys.stderr.flush()
    from pypdf import PdfWriter

    writer, data = PdfWriter(), BytesIO()
    writer.add_blank_page(72, 36)
    writer.add_metadata({"/Subject": " ".join(lines)})
    writer.write(data)
    sys.stdout.buffer.write(data.getvalue())
    sys.stdout.buffer.flush()
    sys.stdout.close()
    os.close(1)
    time.sleep(300)


def draw(lines: list[str], arguments: list[str]) -> bytes:
    if "faulty line (" in lines:
        return report("")
    if "version" in lines and "-tpng" in arguments:
        return png(90, 40)
    if "version" in lines:
        return svg(["PlantUML version 1.2099.01"])
    names = [line.split()[1] for line in lines if line.startswith("class ")]
    for name in names:
        request, _, argument = name.partition(":")
        if request in REQUESTS:
            answer = REQUESTS[request](argument)
            if answer is not None:
                return answer
    if "please_name_the_font" in names:
        font = next(line.split()[-1] for line in lines if "defaultFontName" in line)
        return svg(names).replace(b"<text", f'<text font-family="{font}"'.encode())
    if "-tpng" in arguments:
        dpi = next((int(one[6:]) for one in arguments if one.startswith("-Sdpi=")), 96)
        if "please_cut_the_png" in names:
            return png(50, 40 * dpi // 96)
        return png(65_000 if "please_write_a_large_png" in names else 90 * dpi // 96, 40 * dpi // 96)
    return svg(names)


def png(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + b"\x08\x02\x00\x00\x00CRC_"


def svg(texts: list[str]) -> bytes:
    return PICTURE.format("".join(f"<text>{text}</text>" for text in texts)).encode()


def die(argument: str) -> None:
    if argument and Path(argument).exists():
        return
    if argument:
        Path(argument).touch()
    print("java.lang.OutOfMemoryError: Java heap space", file=sys.stderr, flush=True)
    os._exit(3)


def start_a_child_and_hang(argument: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    Path(argument).write_text(str(child.pid))
    time.sleep(300)


def report(_: str) -> bytes:
    sys.stderr.write("protocolVersion=1\nstatus=ERROR\nlineNumber=2\nlabel=Syntax Error?\n")
    sys.stderr.flush()
    return svg(["an error page"])


def find_nothing(_: str) -> bytes:
    sys.stderr.write("protocolVersion=1\nstatus=NO_DATA\n")
    sys.stderr.flush()
    return svg(["Welcome to PlantUML!"])


def crash(_: str) -> bytes:
    sys.stderr.write("java.lang.IllegalStateException: no\n\tat net.sourceforge.Run.main(Run.java)\n")
    sys.stderr.flush()
    return svg(["an error page"])


def complain_much(_: str) -> None:
    sys.stderr.write("a line of a stack trace\n" * 10_000)
    sys.stderr.flush()


REQUESTS = {
    "please_answer_nothing": lambda _: b"",
    "please_answer_garbage": lambda _: b"Segmentation fault",
    "please_answer_half": lambda _: svg(["whole"])[:-9],
    "please_complain_much": complain_much,
    "please_crash": crash,
    "please_find_nothing": find_nothing,
    "please_lack_a_glyph": lambda _: None,
    "please_write_half_a_png": lambda _: b"\x89PNG\r\n" if "-tpng" in sys.argv else None,
    "please_draw_an_error_page": lambda _: svg(["dot/GraphViz has crashed"]).replace(b"entity", b""),
    "please_die": die,
    "please_hang": lambda _: time.sleep(300),
    "please_report": report,
    "please_start_a_child_and_hang": start_a_child_and_hang,
}

if __name__ == "__main__":
    main(sys.argv[1:])
