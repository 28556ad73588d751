"""What a converted study says about the kinds of its classes: which have new names, and whether it has any.

`new_study` asks.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.kernel import CAssociation, CMetaclass
from codeable.kernel.place import place_of, shown_place
from codeable.text import counted, first_few

_MOST_KINDS = 5
_CODES = ("decision", "design_solution", "practice", "force", "domain_metaclass")
_WANTED = ("decisions", "practices", "patterns", "forces")


def nothing_of_ours(old: OldStudy) -> tuple[list[str], list[str]]:
    """Why there is no decision, practice, force or source, with ways out: what is lost, and warnings.

    It is lost if the study is one of decisions or sources all the same, not of something else.
    """
    message, sources = list(_no_decision(old)), list(_other_sources(old))[:1]
    own = [each for each in old.vocabulary.own if isinstance(each, CMetaclass)]
    is_copy = any(each in old.vocabulary.counterparts for each in own)
    is_loss = is_copy or bool(old.registry.sources) or bool(old.registry.solutions)
    return (message, sources) if is_loss else ([], [*message, *sources])


def _no_decision(old: OldStudy) -> Iterator[str]:
    """Why there is no decision, practice or force, unless there is one or no own metaclass is used."""
    own = [each for each in old.vocabulary.own if isinstance(each, CMetaclass)]
    number = Counter({each: len(each.classes) for each in own if each not in old.vocabulary.counterparts})
    kinds = [f"{_described(each)} ({count})" for each, count in number.most_common() if count]
    if kinds and not any(getattr(old.registry, each) for each in _WANTED):
        have = f"{counted(number.total(), 'class', 'classes')} {'have' if number.total() > 1 else 'has'}"
        yield (
            "no class is a decision, a practice or a force of codeable, so that it has none to list, to "
            f"check or to draw: {have} metaclasses of the study's own, {first_few(kinds, _MOST_KINDS)}; if "
            'these mean the same, name them so in the old study, as in decision = CMetaclass("Decision"), '
            "and convert it again"
        )


def _other_sources(old: OldStudy) -> Iterator[str]:
    """Which classes seem to be sources where codeable sees none: other roles link them to codes."""
    for relation, source in _relations_of_codes(old.vocabulary) if not old.registry.sources else ():
        number = counted(len(source.all_classes), "class", "classes")
        roles = f"'{relation.source_role_name}' and '{relation.role_name}'"
        yield (
            f"no class is a source of codeable, so that no code has evidence: {number} of "
            f"{_described(source)} are linked to codes by {_described(relation)} in the roles {roles}; if "
            "they are the sources, call the role of the codes contained_code and that of the sources "
            "evidence in the old study, also where links are made, and convert it again"
        )


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
