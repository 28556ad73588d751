"""What a converted study says about the kinds of its classes: which have new names, and whether it has any.

`new_study` asks.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.kernel import CAssociation, CMetaclass
from codeable.kernel.place import place_of, shown_place
from codeable.text import counted, first_few

_MOST_KINDS = 5
_CODES = ("decision", "design_solution", "practice", "force", "domain_metaclass")
_WANTED = ("decisions", "practices", "patterns", "forces")


@frozen
class NothingOfOurs:
    """Why codeable finds no decision, practice or force in a study.

    Attributes:
        message: The reason, with a way out.
        is_loss: Whether the study is one of decisions or sources all the same, not of something else.
    """

    message: str
    is_loss: bool


def nothing_of_ours(old: OldStudy) -> NothingOfOurs | None:
    """Why there is no decision, practice or force; None where there is one, or no own metaclass is used."""
    if any(getattr(old.registry, each) for each in _WANTED):
        return None
    own = [each for each in old.vocabulary.own if isinstance(each, CMetaclass)]
    number = Counter({each: len(each.classes) for each in own if each not in old.vocabulary.counterparts})
    kinds = [f"{_described(each)} ({count})" for each, count in number.most_common() if count]
    if not kinds:
        return None
    have = f"{counted(number.total(), 'class', 'classes')} {'have' if number.total() > 1 else 'has'}"
    message = (
        "no class is a decision, a practice or a force of codeable, so that it has none to list, to "
        f"check or to draw: {have} metaclasses of the study's own, {first_few(kinds, _MOST_KINDS)}; if "
        'these mean the same, name them so in the old study, as in decision = CMetaclass("Decision"), '
        "and convert it again"
    )
    is_copy = any(each in old.vocabulary.counterparts for each in own)
    return NothingOfOurs(message, is_copy or bool(old.registry.sources) or bool(old.registry.solutions))


def sources_of_its_own(old: OldStudy) -> str:
    """Which classes seem to be sources although codeable sees none: they are linked to codes by other roles.

    Returns:
        The reason, with a way out; empty where there are sources, or nothing of the kind.
    """
    if old.registry.sources:
        return ""
    for relation, source in _relations_of_codes(old.vocabulary):
        number = counted(len(source.all_classes), "class", "classes")
        return (
            f"no class is a source of codeable, so that no code has evidence: {number} of "
            f"{_described(source)} are linked to codes by {_described(relation)} in the roles "
            f"'{relation.source_role_name}' and "
            f"'{relation.role_name}'; if they are the sources, call the role of the codes contained_code and "
            "that of the sources evidence in the old study, also where links are made, and convert it again"
        )
    return ""


def _relations_of_codes(vocabulary: OldVocabulary) -> Iterator[tuple[CAssociation, CMetaclass]]:
    """The relations of what the study has made codes with metaclasses of its own that have classes."""
    codes: list[Any] = [vocabulary.names[name] for name in _CODES if name in vocabulary.names]
    for each in vocabulary.own:
        if isinstance(each, CAssociation) and each not in vocabulary.counterparts:
            for code, source in ((each.source, each.target), (each.target, each.source)):
                is_code = sum(code in one.all_superclasses for one in codes) > 1
                if is_code and source.all_classes and not {code, source} & vocabulary.counterparts.keys():
                    yield each, source


def _described(metaclass: CMetaclass | CAssociation) -> str:
    place = place_of(metaclass)
    return f"'{metaclass.name}'" + (f" of {shown_place(place)}" if place is not None else "")
