"""Addresses that a figure may lead to: web pages and mail, written so that no language of ours reads them."""

import re
from urllib.parse import quote, urlsplit

__all__ = ["clickable"]

_SCHEMES = frozenset(["http", "https", "mailto"])
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][A-Za-z0-9/?#:@!$&*+,;=._~-]*)?")
_AFTER_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def clickable(address: str) -> str | None:
    """The address with everything percent-encoded that is not plain; None for one that must not be clicked.

    Example:
        >>> clickable("https://example.org/a b?c=(d)")
        'https://example.org/a%20b?c=%28d%29'
        >>> clickable("javascript:alert(1)") is None
        True
    """
    if _PLAIN.fullmatch(address):
        return address
    stripped = address.strip()
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


def _ascii_host(netloc: str) -> str | None:
    """The host as the net knows it: the letters of `münchen.de` cannot be written with percent signs."""
    if netloc.isascii():
        return netloc
    user, at, host = netloc.rpartition("@")
    name, colon, port = host.partition(":")
    try:
        return quote(user) + at + name.encode("idna").decode("ascii") + colon + port
    except UnicodeError:
        return None
