"""The fonts of this machine, and whether a PDF really holds its text.

`graphviz` checks its pictures here, `cache` asks for the stamp, PlantUML's `process` for an installed font.
Without fonts, Graphviz writes a PDF without a word of its text and reports nothing. A PNG holds no text to
look at, so the PDF of the same layout is checked.
"""

import os
import re
import sys
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from codeable.files import home_folder

INSTALL_A_FONT = (
    "install one, such as Liberation Sans (Debian and Ubuntu: apt-get install fonts-liberation; "
    "Fedora: dnf install liberation-sans-fonts; others: copy the .ttf files into ~/.local/share/fonts)"
)
_GENERIC = frozenset({"sansserif", "serif", "monospace", "sans", "times"})
_SAME_METRICS = {
    "sans-serif": frozenset(
        {"helvetica", "arial", "liberationsans", "arimo", "nimbussans", "texgyreheros", "freesans"}
    ),
    "serif": frozenset(
        {"timesnewroman", "liberationserif", "tinos", "nimbusroman", "texgyretermes", "freeserif"}
    ),
    "monospace": frozenset(
        {"courier", "couriernew", "liberationmono", "cousine", "nimbusmono", "texgyrecursor"}
    ),
}
"""Generic family → the fonts of one width for each character, by their plain names."""

_FONT_NAME = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_CHARACTER_MAP = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_HEXADECIMAL = re.compile(rb"<((?:[0-9A-Fa-f]{2})*)>")
# No word boundary before it: that would be slow, and `labelfontname` counts too.
_DOT_FONT = re.compile(r"fontname\s*=\s*(?:\"([^\"]*)\"|([\w-]+))")


def font_problem(pdf: bytes, dot: str, shown: str) -> str | None:
    """Why text would be missing in a figure or look wrong, and what helps; None when all is well.

    Args:
        pdf: The PDF that Graphviz wrote.
        dot: The text that was drawn, which names the font families.
        shown: All text that the figure shows.
    """
    needed = {character for character in shown if unicodedata.category(character)[0] in "LN"}
    if not needed:
        return None
    contents = [pdf, *_decompressed(pdf)]
    fonts = drawn_fonts(contents)
    families = wanted_families(dot)
    if not fonts:
        return (
            f"this machine has no font for {_listed(families)}; its text would be missing: {INSTALL_A_FONT}"
        )
    found = drawn_characters(contents)
    missing = sorted(needed - found - set(_decomposable_from(needed, found))) if found else []
    if missing:
        examples = " ".join(missing[:10])
        return (
            f"no font of this machine has the characters {examples}; they would be boxes: "
            "install one that has them, such as Noto Sans (or Noto Sans CJK)"
        )
    unexpected = _unexpected_fonts(fonts, families)
    if unexpected:
        return (
            f"this machine has no font for {_listed(families)} and would use {unexpected[0]} in its place: "
            f"{INSTALL_A_FONT}, or name a font of this machine in the style"
        )
    return None


def drawn_fonts(contents: Iterable[bytes]) -> list[str]:
    """The fonts that a PDF uses, without their subset tags, sorted."""
    return sorted({name.decode("latin-1") for content in contents for name in _FONT_NAME.findall(content)})


def drawn_characters(contents: Iterable[bytes]) -> set[str]:
    """The characters that can be selected in a PDF, from the character maps of its fonts."""
    characters: set[str] = set()
    for content in contents:
        for kind, body in _CHARACTER_MAP.findall(content):
            codes = [
                bytes.fromhex(code.decode()) for code in _HEXADECIMAL.findall(body) if len(code) % 2 == 0
            ]
            if kind == b"bfchar":
                characters.update("".join(_utf16(code) for code in codes[1::2]))
            else:
                for first, last, start in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
                    text = _utf16(start)
                    if text:
                        count = int.from_bytes(last, "big") - int.from_bytes(first, "big") + 1
                        characters.update(
                            chr(min(ord(text[-1]) + step, 0x10FFFF)) for step in range(min(count, 65536))
                        )
                        characters.update(text[:-1])
    return {
        part for character in characters for part in (character, *unicodedata.normalize("NFKD", character))
    }


def wanted_families(dot: str) -> tuple[str, ...]:
    """The font families that a DOT text names, in order.

    Example:
        >>> wanted_families('graph [fontname="Helvetica,Arial"]; node [fontname=Courier]')
        ('Helvetica', 'Arial', 'Courier')
    """
    names = (quoted or bare for quoted, bare in _DOT_FONT.findall(dot))
    return tuple(
        dict.fromkeys(family.strip() for name in names for family in name.split(",") if family.strip())
    )


def with_generic_families(svg: bytes, dot: str) -> bytes:
    """Add the generic family to each font of an SVG, for viewers that lack the fonts which the text names."""
    for name in {quoted or bare: None for quoted, bare in _DOT_FONT.findall(dot)}:
        families = [_plain(family) for family in name.split(",")]
        if _GENERIC.isdisjoint(families):
            generic = next((kind for kind, group in _SAME_METRICS.items() if group & set(families)), None)
            if generic is not None:
                svg = svg.replace(
                    f'font-family="{name}"'.encode(), f'font-family="{name},{generic}"'.encode()
                )
    return svg


def font_folders_stamp() -> str:
    """A text that changes when fonts are installed or removed. It is part of the cache's keys."""
    stamps = [os.environ.get("FONTCONFIG_FILE", ""), os.environ.get("FONTCONFIG_PATH", "")]
    for folder in font_folders():
        for path in (folder, folder / "truetype", folder / "opentype"):
            try:
                stamps.append(str(path.stat().st_mtime_ns))
            except OSError:
                stamps.append("-")
    return " ".join(stamps)


def font_folders() -> tuple[Path, ...]:
    """The folders in which this system keeps fonts."""
    home = home_folder()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", str(home)), "Microsoft/Windows/Fonts")
        return (Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"), local)
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return (data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def installed_twin(family: str) -> str | None:
    """The installed family with the metrics of Helvetica and Arial, where those are not installed.

    Java takes another, wider font for a family that is not installed; a viewer takes the twin.
    """
    if sys.platform != "linux" or _plain(family) not in ("helvetica", "arial"):
        return None
    installed = _font_file_names()
    if _plain(family) in installed:
        return None
    twins = {"Liberation Sans": "liberationsansregular", "Arimo": "arimoregular"}
    return next((name for name, file in twins.items() if file in installed), None)


@lru_cache(maxsize=1)
def _font_file_names() -> frozenset[str]:
    """The names of the TrueType files of this machine, in lower case, letters and digits only."""
    return frozenset(
        _plain(name[:-4])
        for folder in font_folders()
        for _, _, names in os.walk(folder)
        for name in names
        if name.casefold().endswith(".ttf")
    )


def _decompressed(pdf: bytes) -> Iterable[bytes]:
    for body in _STREAM.findall(pdf):
        try:
            content = zlib.decompressobj().decompress(body)
        except zlib.error:
            continue
        if b"beginbf" in content or b"/BaseFont" in content:
            yield content


def _decomposable_from(needed: set[str], found: set[str]) -> Iterable[str]:
    for character in needed:
        parts = unicodedata.normalize("NFKD", character)
        if all(part in found for part in parts if unicodedata.category(part)[0] in "LN"):
            yield character


def _unexpected_fonts(fonts: list[str], families: tuple[str, ...]) -> list[str]:
    plain = {_plain(family) for family in families}
    if not families or not _GENERIC.isdisjoint(plain):
        return []
    allowed = plain.union(*(group for group in _SAME_METRICS.values() if group & plain))
    drawn = {font: _plain(font) for font in fonts}
    if any(name.startswith(tuple(allowed)) for name in drawn.values()):
        return []
    return list(drawn)


def _plain(family: str) -> str:
    return re.sub(r"[^a-z0-9]", "", family.casefold())


def _utf16(code: bytes) -> str:
    return code.decode("utf-16-be", "ignore")


def _listed(families: tuple[str, ...]) -> str:
    return " or ".join(families) if families else "this text"
