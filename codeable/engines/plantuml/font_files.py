"""TrueType files of this machine: which of them can draw a text in the family that a picture names."""

import importlib.util
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from codeable.engines.plantuml.carrier import CarrierError
from codeable.files import home_folder

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

__all__ = ["FontFile", "font_folders", "font_for", "installed_twin"]

_HELVETICA = ("liberationsans", "arial", "arimo", "nimbussans", "helvetica", "freesans")
_SANS = ("dejavusans", "verdana", "notosans", "liberationsans", "arial", "vera")
_SERIF = ("liberationserif", "timesnewroman", "tinos", "dejavuserif", "notoserif")
_MONO = ("dejavusansmono", "liberationmono", "couriernew", "cousine", "notosansmono")
_FAMILIES = {
    **dict.fromkeys(("helvetica", "arial", "liberationsans", "arimo", "nimbussans"), _HELVETICA),
    **dict.fromkeys(("sansserif", "sans", "dialog", "verdana", "dejavusans"), _SANS),
    **dict.fromkeys(("serif", "times", "timesnewroman", "liberationserif"), _SERIF),
    **dict.fromkeys(("monospace", "monospaced", "courier", "couriernew", "liberationmono"), _MONO),
}
# Where the family lacks a character, as any text program would do.
_WIDE_COVERAGE = ("dejavusans", "notosans", "freesans", "arialunicode", "unifont")
_VARIANTS = {
    (False, False): ("", "regular", "book", "roman"),
    (True, False): ("bold", "bd", "b"),
    (False, True): ("italic", "oblique", "i", "it"),
    (True, True): ("bolditalic", "boldoblique", "bi", "z"),
}
_ADVICE = (
    "Liberation Sans, DejaVu Sans or Noto Sans "
    "(apt-get install -y fonts-liberation fonts-dejavu-core fonts-noto-core)"
)


@frozen
class FontFile:
    """One TrueType file.

    Attributes:
        path: Where it is.
        family: The name of its family, as it calls itself.
        font: As `reportlab` reads it.
    """

    path: Path
    family: str
    font: "TTFont" = field(repr=False, eq=False)

    def covers(self, text: str) -> bool:
        """Whether it has every character of a text."""
        glyphs = self.font.face.charToGlyph
        return all(ord(character) in glyphs for character in text)

    def width(self, text: str, size: float) -> float:
        """Width of a text, in the unit of `size`."""
        return float(self.font.stringWidth(text, size))


def font_for(text: str, families: str, *, bold: bool, italic: bool) -> FontFile:
    """The file for a text.

    Args:
        text: What is to be drawn.
        families: The `font-family` of the picture.
        bold: Whether it is bold.
        italic: Whether it is italic.

    Raises:
        CarrierError: This machine has no font of that kind, or none with these characters.
    """
    names = [_plain(family) for family in families.split(",")]
    own = [name for family in names for name in (family, *_FAMILIES.get(family, ()))]
    candidates = list(_existing(dict.fromkeys(own), bold, italic))
    if not candidates and not any(name in _FAMILIES for name in names):
        candidates = list(_existing(_SANS, bold, italic))
    if not candidates:
        raise CarrierError(
            f"this machine has no TrueType font for {families!r}; fonts that would do: {_ADVICE}"
        )
    for font in (
        *candidates,
        *_existing(_WIDE_COVERAGE, bold, italic),
        *_existing(_WIDE_COVERAGE, False, False),
    ):
        if font.covers(text):
            return font
    best = candidates[0]
    lacking = " ".join(dict.fromkeys(character for character in text if not best.covers(character)))
    raise CarrierError(
        f"no TrueType font of this machine has the characters {lacking[:40]}; they would be missing: "
        f"install one that has them, such as {_ADVICE}"
    )


def installed_twin(family: str) -> str | None:
    """The installed family with the metrics of Helvetica and Arial, where those are not installed themselves.

    Java takes another, wider font for a family that is not installed; a viewer takes the twin.
    """
    files = _files()
    if _plain(family) not in ("helvetica", "arial") or _plain(family) in files or sys.platform != "linux":
        return None
    twins = {"Liberation Sans": "liberationsansregular", "Arimo": "arimoregular"}
    return next((name for name, file in twins.items() if file in files), None)


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts."""
    home = home_folder()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", str(home)), "Microsoft/Windows/Fonts")
        return (Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"), local)
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return (data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def _existing(families: Iterable[str], bold: bool, italic: bool) -> Iterator[FontFile]:
    files = _files()
    for family in families:
        for variant in _VARIANTS[bold, italic]:
            path = files.get(family + variant)
            font = _opened(path) if path is not None else None
            if font is not None:
                yield font
                break


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """The TrueType files by their plain names; of two, the user's one, or that of the newer package."""
    found: dict[str, Path] = {}
    for folder in (*_bundled(), *reversed(font_folders())):
        for root, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                if name.casefold().endswith(".ttf"):
                    found[_plain(name[:-4])] = Path(root, name)
    return found


def _bundled() -> tuple[Path, ...]:
    found = importlib.util.find_spec("reportlab")
    return (Path(found.origin).parent / "fonts",) if found is not None and found.origin else ()


@lru_cache(maxsize=64)
def _opened(path: Path) -> FontFile | None:
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(f"codeable-{_plain(path.stem)}", str(path))
    except (TTFError, OSError):
        return None
    family = font.face.familyName
    return FontFile(
        path, family.decode("utf-8", "replace") if isinstance(family, bytes) else str(family), font
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
