"""Finishes documents: title and time of a PDF and an EPS, and the pages of a PDF. Called by the engines."""

import os
import re
import time
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from codeable.errors import CodeableError

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
"""The environment variable with the time to write into documents, in seconds since 1970, so that the same
figure has the same bytes; see https://reproducible-builds.org/specs/source-date-epoch/."""

DATED_FORMATS = frozenset({"pdf", "eps"})
_LATEST = 253402300799
"""The last second of the year 9999."""
_EPS_TITLE = re.compile(rb"^%%Title:[^\r\n]*\r?\n", re.M)
_EPS_DATE = re.compile(rb"^%%CreationDate:[^\r\n]*", re.M)
_EPS_HEAD = re.compile(rb"%!PS[^\r\n]*(\r?\n)")
_MOST_IN_A_COMMENT = 200
"""Bytes; a line of an EPS's head may have 255."""


class UnsoundPdfError(ValueError):
    """The PDF cannot be read."""


def creation_time() -> datetime | None:
    """The time in `SOURCE_DATE_EPOCH`; None when the variable is not set.

    Raises:
        CodeableError: Its value is no number of seconds; exit status 2.
    """
    given = os.environ.get(EPOCH_VARIABLE, "").strip()
    if not given:
        return None
    if not (
        given.isascii() and given.isdigit() and len(given) <= len(str(_LATEST)) and int(given) <= _LATEST
    ):
        message = f"the environment variable {EPOCH_VARIABLE} holds seconds since 1970, not {given!r}"
        raise CodeableError(message, exit_status=2)
    return datetime.fromtimestamp(int(given), UTC)


def finish_pdf(pages: Sequence[bytes], title: str) -> bytes:
    """One PDF with a title: the pages of all, in order.

    Args:
        pages: One or more PDFs.
        title: Its title.

    Raises:
        UnsoundPdfError: One of them cannot be read.
        CodeableError: `SOURCE_DATE_EPOCH` holds no number.
    """
    from io import BytesIO

    from pypdf import PdfWriter
    from pypdf.errors import PyPdfError

    about = {"/Title": _shown(title)}
    created = creation_time()
    if created is not None:
        about["/CreationDate"] = about["/ModDate"] = f"D:{created:%Y%m%d%H%M%S}Z"
    try:
        writer = PdfWriter(clone_from=BytesIO(pages[0]))
        for page in pages[1:]:
            writer.append(BytesIO(page))
        writer.add_metadata(about)
        written = BytesIO()
        writer.write(written)
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        raise UnsoundPdfError(str(error) or type(error).__name__) from None
    return written.getvalue()


def finish_eps(data: bytes, title: str) -> bytes:
    r"""The EPS with a title in its head, which knows ASCII alone, and with the time of `SOURCE_DATE_EPOCH`.

    Raises:
        CodeableError: `SOURCE_DATE_EPOCH` holds no number.

    Example:
        >>> finish_eps(b"%!PS-Adobe-3.0 EPSF-3.0\n%%Title: x\n%%EndComments\n", "Büro (λ)")
        b'%!PS-Adobe-3.0 EPSF-3.0\n%%Title: Buro [?]\n%%EndComments\n'
    """
    head, mark, body = data.partition(b"%%EndComments")
    line = b"%%Title: " + _ascii(title).encode() + b"\n"
    head = _EPS_HEAD.sub(lambda found: found[0] + line, _EPS_TITLE.sub(b"", head), count=1)
    created = creation_time()
    if created is not None:
        head = _EPS_DATE.sub(f"%%CreationDate: {time.asctime(created.timetuple())}".encode(), head)
    return head + mark + body


def _ascii(text: str) -> str:
    """A text in the letters of an EPS's head: without accents, brackets for parentheses."""
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    ).translate({ord("("): "[", ord(")"): "]", ord("\\"): "/"})
    shown = "".join(character if " " <= character <= "~" else "?" for character in plain)
    return shown[:_MOST_IN_A_COMMENT]


def _shown(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]", "\ufffd", text)
