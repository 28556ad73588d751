"""URLs that a click on a node may open, encoded so that they are plain text in DOT, PlantUML and SVG.

Called by `build` for the nodes of sources, by `file_links`, and by `options`, which checks addresses.
"""

import re
from urllib.parse import quote, urlsplit

_SCHEMES = frozenset(["http", "https", "mailto"])
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][A-Za-z0-9/?#:@!$&*+,;=._~-]*)?")
_AFTER_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def clickable(url: str) -> str | None:
    """The URL, percent-encoded where it is not plain; None unless it is a web page or a mail address.

    Example:
        >>> clickable("https://example.org/a b?c=(d)")
        'https://example.org/a%20b?c=%28d%29'
        >>> clickable("javascript:alert(1)") is None
        True
    """
    if _PLAIN.fullmatch(url):
        return url
    stripped = url.strip()
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.scheme.lower() == "mailto"):
        return None
    host = _ascii_host(parts.netloc)
    if host is None:
        return None
    whole = _AFTER_PERCENT.sub("%25", stripped.replace(parts.netloc, host, 1) if parts.netloc else stripped)
    return quote(whole, safe=":/?#@!$&*+,;=%-._~", errors="replace")


def web_page(url: str) -> str | None:
    """The URL of a web page as `clickable` gives it; None for anything else."""
    target = clickable(url)
    return target if target is not None and target.lower().startswith(("http://", "https://")) else None


def _ascii_host(netloc: str) -> str | None:
    """The host in IDNA: percent-encoding is not valid for the letters of `münchen.de`."""
    if netloc.isascii():
        return netloc
    user, at, host = netloc.rpartition("@")
    name, colon, port = host.partition(":")
    try:
        return quote(user) + at + name.encode("idna").decode("ascii") + colon + port
    except UnicodeError:
        return None
