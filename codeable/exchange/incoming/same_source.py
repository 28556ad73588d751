"""What tells that two entries are about one source: their addresses, their DOIs, their titles.

Each function gives a key; two values with one key mean the same.
"""

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from codeable.text import folded

_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=\w+:|\w)", re.IGNORECASE)
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|d|ms|y|tw|tt)clk?id|wbraid|gbraid|srsltid|igshid|mc_[ce]id|_ga|_gl|_hsenc|_hsmi"
    r"|mkt_tok|vero_id|oly_(?:anon|enc)_id|s_kwcid|trk|__s",
    re.IGNORECASE,
)
_TRACKING_SOURCE = re.compile(r"-|rss-|friends_link|social\.")
"""How the values of `source` begin that blogs add to the addresses which they hand out."""
_TEXT_FRAGMENT = re.compile(r":~:.*", re.DOTALL)
_USUAL_PORT = re.compile(r":(?:80|443)$")
_VIDEO = re.compile(r"[\w-]{6,}")
_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", re.IGNORECASE)
_ENDING = re.compile(r"(?<=\S)(?:\.(?:txt|docx?|odt|rtf|pdf|html?|md))+\Z", re.IGNORECASE)
_PART_OF_WORD = frozenset("LMN")


def address_key(address: str) -> str:
    """The key of a web address: without scheme, `www.`, a slash at the end, and what only counts visitors.

    The address of a copy in the Internet Archive has the key of what was copied. Capital letters of a DOI
    mean nothing. What is no address, such as "n/a", has no key, so the key is empty.

    Example:
        >>> address_key("https://www.Example.org/a/?utm_source=mail&id=1")
        'example.org/a?id=1'
        >>> address_key("http://example.org/a?id=1#:~:text=mesh")
        'example.org/a?id=1'
        >>> address_key("http://dx.doi.org/10.1000/ABC")
        'doi.org/10.1000/abc'
    """
    address = _ARCHIVED.sub("", address.strip().strip("<>"))
    try:
        parts = urlsplit(address if _HAS_SCHEME.match(address) else f"//{address}")
        host = _USUAL_PORT.sub("", parts.netloc.casefold()).removeprefix("www.").rstrip(".")
        given = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:  # it is no address
        return folded(address)
    if "." not in host and not _HAS_SCHEME.match(address):
        return ""
    path = unquote(parts.path).rstrip("/")
    if host in ("doi.org", "dx.doi.org") and doi_key(path):
        return f"doi.org/{doi_key(path)}"
    video = _video(host, path, dict(given))
    if video:
        return f"youtube.com/watch?v={video}"
    query = urlencode(sorted(each for each in given if not _is_tracking(*each)))
    fragment = _TEXT_FRAGMENT.sub("", unquote(parts.fragment))
    return f"{host}{path}{'?' * bool(query)}{query}{'#' * bool(fragment)}{fragment}"


def _is_tracking(name: str, value: str) -> bool:
    return bool(_TRACKING.fullmatch(name)) or (name == "source" and bool(_TRACKING_SOURCE.match(value)))


def _video(host: str, path: str, query: dict[str, str]) -> str:
    """The name of a video, which has several addresses; empty for another page."""
    if host in ("youtube.com", "m.youtube.com", "youtube-nocookie.com"):
        name = query.get("v", "") if path == "/watch" else path.rpartition("/")[2]
        is_video = path == "/watch" or path.startswith(("/embed/", "/shorts/", "/live/", "/v/"))
        return name if is_video and _VIDEO.fullmatch(name) else ""
    return path[1:] if host == "youtu.be" and _VIDEO.fullmatch(path[1:]) else ""


def doi_in(text: str) -> str:
    """The DOI in a text, such as an address; empty without one.

    Example:
        >>> doi_in("https://doi.org/10.1000/A")
        '10.1000/A'
    """
    found = _DOI.search(unquote(text))
    return found[0].rstrip(".,;") if found is not None else ""


def doi_key(text: str) -> str:
    """The DOI in a text in lower case, as its capital letters mean nothing; empty without one.

    Example:
        >>> (
        ...     doi_key("https://doi.org/10.1109/MS.2020.1"),
        ...     doi_key("doi:10.1109/ms.2020.1."),
        ...     doi_key("10 things"),
        ... )
        ('10.1109/ms.2020.1', '10.1109/ms.2020.1', '')
    """
    return doi_in(text).casefold()


def title_key(title: str) -> str:
    """The words of a title without case and punctuation; the title itself where it has no words.

    Example:
        >>> (
        ...     title_key("Data Mesh: Principles"),
        ...     title_key("data mesh -- principles"),
        ...     title_key("C++"),
        ...     title_key("?"),
        ... )
        ('data mesh principles', 'data mesh principles', 'c++', '?')
    """
    normal = folded(title)
    plain = "".join(
        each if each in "+#" or unicodedata.category(each)[0] in _PART_OF_WORD else " " for each in normal
    )
    signs = " ".join(normal.split())
    # A note has a backslash in front of what would be Markdown.
    return " ".join(plain.split()) or signs.removeprefix("\\") or signs


def document_key(title: str) -> str:
    """The key of a title without endings of files, which tools add to names of documents or take away.

    Example:
        >>> document_key("Interview 1.docx.txt"), document_key("Interview 1"), document_key("Node.js")
        ('interview 1', 'interview 1', 'node js')
    """
    return title_key(_ENDING.sub("", title.rstrip()))


def names_in(authors: str) -> frozenset[str]:
    """The names in a text that says who wrote something, without initials.

    Example:
        >>> sorted(names_in("Dehghani, Z.; Martin Fowler and Max Müller"))
        ['dehghani', 'fowler', 'martin', 'max', 'müller']
    """
    words = title_key(authors).split()
    return frozenset(each for each in words if len(each) > 1 and each not in ("and", "et", "al"))
