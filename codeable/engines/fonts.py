"""The fonts of this machine and the families that a text names.

`font_checks` compares the two, `cache` asks for the stamp, PlantUML's `process` for an installed font.
"""

import os
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from codeable.files import home_folder

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

# No word boundary before it: that would be slow, and `labelfontname` counts too.
_DOT_FONT = re.compile(r"fontname\s*=\s*(?:\"([^\"]*)\"|([\w-]+))")


def wanted_families(dot: str) -> tuple[str, ...]:
    """The font families that a DOT text names, in order.

    Example:
        >>> wanted_families('graph [fontname="Helvetica,Arial"]; node [fontname=Courier]')
        ('Helvetica', 'Arial', 'Courier')
    """
    names = font_names(dot)
    return tuple(
        dict.fromkeys(family.strip() for name in names for family in name.split(",") if family.strip())
    )


def font_names(dot: str) -> tuple[str, ...]:
    """The values of `fontname` in a DOT text, each once; each is a list of families."""
    return tuple({quoted or bare: None for quoted, bare in _DOT_FONT.findall(dot)})


def is_expected(fonts: Iterable[str], families: Iterable[str]) -> bool:
    """Whether one of these fonts is of a family that was asked for, or has the same widths.

    Example:
        >>> is_expected(["LiberationSans-Bold"], ["Helvetica"]), is_expected(["DejaVuSans"], ["Helvetica"])
        (True, False)
    """
    plain = {_plain(family) for family in families}
    if not plain or not _GENERIC.isdisjoint(plain):
        return True
    allowed = plain.union(*(group for group in _SAME_METRICS.values() if group & plain))
    return any(_plain(font).startswith(tuple(allowed)) for font in fonts)


def with_generic_families(svg: bytes, names: Iterable[str]) -> bytes:
    """Add the generic family to these fonts of an SVG, for viewers that lack the fonts which a text names."""
    for name in names:
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


def _plain(family: str) -> str:
    return re.sub(r"[^a-z0-9]", "", family.casefold())
