"""An entry of a bibliography, whatever format it was written in, as the source of a project."""

import re
from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from codeable.dates import iso_date
from codeable.exchange.incoming.same_source import doi_in
from codeable.exchange.project import ProjectMemo, ProjectSource
from codeable.notes.decoding import without_surrogates

_ARCHIVE = re.compile(
    r"https?://(?:[^/]*\.)?(?:archive\.(?:org|is|today|ph|li|md|vn|fo)|perma\.cc|webcitation\.org)/",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:[js]r|i{1,3}|iv|ph\.?\s?d)\.?", re.IGNORECASE)
_RANGE = re.compile(r"(?<=\d)\s*-{1,2}\s*(?=\d)")


@frozen(kw_only=True)
class BibliographyEntry:
    """An entry of a bibliography. Texts are plain texts, without markup.

    Attributes:
        key: What the file calls it; empty where it has no name.
        place: Where it is: file and line.
        title: Its title; empty without one.
        authors: The names, given names first.
        addresses: Its web addresses, the main one first.
        archived: The address of a copy in an archive, where the format has a field for it.
        doi: Its DOI.
        published: When it was published, as it is written.
        retrieved: When it was read, as it is written.
        reference: Where it was published: journal, volume, pages, publisher.
        source_type: Its type in the controlled vocabulary, where the format has the same type.
        author_type: The type of its author, where the file says so.
        kind: ``p`` for an interview, else ``s``.
        identifier: Its identifier in a study, where the file comes from codeable.
        memos: Notes of who collected it.
        left_out: The names of the fields that a field note has no place for.
    """

    key: str
    place: str
    title: str = ""
    authors: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    archived: str = ""
    doi: str = ""
    published: str = ""
    retrieved: str = ""
    reference: str = ""
    source_type: str = ""
    author_type: str = ""
    kind: Literal["s", "p"] = "s"
    identifier: str | None = None
    memos: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def url_and_archive(self) -> tuple[str, str]:
        """The main address, and that of a copy in an archive; each empty without one."""
        addresses = self._addresses
        archived = self.archived or next((each for each in addresses if _ARCHIVE.match(each)), "")
        url = next((each for each in addresses if each != archived), archived)
        return url, archived if archived != url else ""

    @property
    def further_addresses(self) -> tuple[str, ...]:
        """The addresses that are neither of the two."""
        return tuple(each for each in self._addresses if each not in self.url_and_archive)

    @property
    def _addresses(self) -> list[str]:
        """Each once; those of the web first, as databases write names of their records among them."""
        every = dict.fromkeys(each for each in map(str.strip, self.addresses) if each)
        return sorted(every, key=lambda each: not each.casefold().startswith(("http:", "https:")))


def source_of(entry: BibliographyEntry, key: str) -> ProjectSource:
    """The source that an entry is about.

    Example:
        >>> entry = BibliographyEntry(
        ...     key="d", place="r.bib:1", title="Mesh", authors=("A", "B"), published="May 2020"
        ... )
        >>> source_of(entry, "d").metadata
        {'author': 'A; B', 'published': '2020-05'}
    """
    url, archived = entry.url_and_archive
    doi = doi_in(entry.doi)
    metadata = {
        "url": url or (f"https://doi.org/{doi}" if doi else ""),
        "archive url": archived,
        "doi": doi or entry.doi,
        "author": "; ".join(entry.authors),
        "published": iso_date(entry.published) or entry.published,
        "retrieved": iso_date(entry.retrieved) or entry.retrieved,
        "bibliographic reference": entry.reference,
        "source type": entry.source_type,
        "author type": entry.author_type,
    }
    return ProjectSource(
        key,
        _writable(entry.title or url or entry.key or entry.place),
        identifier=entry.identifier,
        kind=entry.kind,
        metadata={
            name: text for name, value in metadata.items() if (text := _writable(" ".join(value.split())))
        },
        memos=tuple(ProjectMemo(_writable(each)) for each in entry.memos if each.strip()),
        place=entry.place,
    )


def _writable(text: str) -> str:
    """A text without characters that no file can hold, or none that is a text."""
    return without_surrogates(text).replace("\0", "\ufffd")


def reference_text(parts: Mapping[str, str]) -> str:
    """Where something was published.

    Args:
        parts: Any of `container`, `volume`, `number`, `pages`, `edition`, `publisher`, `location` and `note`.

    Example:
        >>> reference_text({"container": "IEEE Software", "volume": "38", "number": "2", "pages": "12--19"})
        'IEEE Software 38(2), pp. 12–19'
        >>> reference_text({"container": "Proc. of X", "publisher": "ACM", "location": "New York"})
        'Proc. of X, New York: ACM'
    """
    given = {name: " ".join(value.split()) for name, value in parts.items() if value.strip()}
    volume, number = given.get("volume", ""), given.get("number", "")
    issue = f"{volume}({number})" if volume and number else volume or (f"no. {number}" if number else "")
    pages = _RANGE.sub("–", given.get("pages", ""))
    edition = given.get("edition", "")
    publisher = ": ".join(given[name] for name in ("location", "publisher") if name in given)
    written = (
        " ".join(each for each in (given.get("container", ""), issue) if each),
        f"{'pp.' if '–' in pages else 'p.'} {pages}" if pages else "",
        edition if not edition or "ed" in edition.casefold() else f"edition {edition}",
        publisher,
        given.get("note", ""),
    )
    return ", ".join(each for each in written if each)


def person(name: str) -> str:
    """A name that is written with the family name first, with the given names first.

    Example:
        >>> person("Dehghani, Zhamak"), person("King, Jr., Martin"), person("King, Martin, Jr.")
        ('Zhamak Dehghani', 'Martin King Jr.', 'Martin King Jr.')
        >>> person("Google Cloud,")
        'Google Cloud'
    """
    parts = [each for each in map(str.strip, " ".join(name.split()).split(",")) if each]
    if len(parts) == 3:  # BibTeX has "Jr." in the middle, RIS at the end
        family, given = parts[0], parts[1 if _SUFFIX.fullmatch(parts[2]) else 2]
        return f"{given} {family} {parts[2] if given == parts[1] else parts[1]}"
    return " ".join(reversed(parts)) if len(parts) <= 2 else " ".join(name.split())
