"""What a converted study says about the kinds of its classes: which have new names, and whether it has any.

`new_study` asks.
"""

from collections import Counter
from collections.abc import Iterator

from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.kernel import CMetaclass
from codeable.kernel.place import place_of, shown_place
from codeable.text import counted, first_few

_MOST_KINDS = 5
_WANTED = ("decisions", "practices", "patterns", "forces")


def early_names(vocabulary: OldVocabulary) -> Iterator[str]:
    """Notices about metaclasses of early metamodels that have another display name today."""
    for former, name in vocabulary.renamed.items():
        yield f"codeable calls the metaclass '{former}' of early metamodels '{name}', and figures do, too"


def nothing_of_ours(old: OldStudy) -> Iterator[str]:
    """Why codeable finds no decision, practice or force: the classes have metaclasses of the study's own."""
    if any(getattr(old.registry, each) for each in _WANTED):
        return
    own = [each for each in old.vocabulary.own if isinstance(each, CMetaclass)]
    number = Counter({each: len(each.classes) for each in own if each not in old.vocabulary.counterparts})
    kinds = [f"{_described(each)} ({count})" for each, count in number.most_common() if count]
    if kinds:
        have = f"{counted(number.total(), 'class', 'classes')} {'have' if number.total() > 1 else 'has'}"
        yield (
            "no class is a decision, a practice or a force of codeable, so that it has none to list, to "
            f"check or to draw: {have} metaclasses of the study's own, {first_few(kinds, _MOST_KINDS)}; if "
            'these mean the same, name them so in the old study, as in decision = CMetaclass("Decision"), '
            "and convert it again"
        )


def _described(metaclass: CMetaclass) -> str:
    place = place_of(metaclass)
    return f"'{metaclass.name}'" + (f" of {shown_place(place)}" if place is not None else "")
