"""What a file says of a source that the study has, and the study says otherwise or not at all."""

from collections.abc import Callable, Iterator, Mapping

from codeable.dates import iso_date
from codeable.exchange.incoming.planned import Difference
from codeable.exchange.incoming.same_source import address_key, document_key, doi_key, names_in, title_key
from codeable.exchange.incoming.study_sources import ADDRESSES, SourceValue, StudySource
from codeable.notes.metadata import BIBLIOGRAPHIC, SYNONYMS, TRUTH_VALUES
from codeable.text import folded

_TYPES = ("source type", "author type")
_COMPARED: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(ADDRESSES, address_key),
    **dict.fromkeys(BIBLIOGRAPHIC["author"], title_key),
    "doi": doi_key,
    "title": document_key,
    **dict.fromkeys(_TYPES, title_key),
}


def differences(fields: Mapping[str, str], source: StudySource, *, is_of_study: bool) -> Iterator[Difference]:
    """The fields in which a file says something else than the study.

    Spelling does not count: capital letters, punctuation and blanks of a title, the scheme of an address, the
    order of authors and their initials, a date with a day beside one of the same month.

    Args:
        fields: The fields of the source in the file.
        source: The source of the study.
        is_of_study: Whether the file comes from a study of codeable. Other programs have other types.
    """
    for name, value in fields.items():
        known = values_of(name, source) if is_of_study or name not in _TYPES else []
        if known and not any(_are_alike(name, value, each.text) for each in known):
            yield Difference(f"{name} of {source.identifier}", value, known[0].text, known[0].place)


def missing_fields(fields: Mapping[str, str], source: StudySource) -> dict[str, str]:
    """The fields of which the study says nothing, with what the file says."""
    return {name: value for name, value in fields.items() if not values_of(name, source)}


def values_of(name: str, source: StudySource) -> list[SourceValue]:
    """What the study says in a field, or in another one that means the same."""
    names = ADDRESSES if name == "url" else SYNONYMS.get(name, (name,))
    return [value for each in (name, *names) for value in source.values.get(each, ())]


def _are_alike(name: str, value: str, known: str) -> bool:
    if known == f"\\{value}":  # the note has it so, as it would be Markdown
        return True
    if name in BIBLIOGRAPHIC["date"] or name in BIBLIOGRAPHIC["urldate"]:
        one, other = (iso_date(each) or each for each in (value, known))
        return one.startswith(other) or other.startswith(one)
    if name in BIBLIOGRAPHIC["author"] and (written := names_in(value)) and (others := names_in(known)):
        return written <= others or others <= written  # one may have initials
    if name in ADDRESSES and ("doi.org/" in value) != ("doi.org/" in known):
        return True  # the address of a DOI leads to the other one
    if name in BIBLIOGRAPHIC["note"]:  # one program may write more of it
        one_words, other_words = set(title_key(value).split()), set(title_key(known).split())
        return one_words <= other_words or other_words <= one_words
    if name in TRUTH_VALUES:
        return folded(value)[:1] == folded(known)[:1]
    compared = _COMPARED.get(name, folded)
    return compared(value) == compared(known)
