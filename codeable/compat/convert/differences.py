"""Statements that change the vocabulary as an old study has changed its metamodels. `plan` calls this."""

from collections.abc import Iterator, Mapping
from typing import Any

import codeable.dsl
from codeable.compat.convert.names import ModuleNames
from codeable.compat.convert.statements import Lines, Statement, one_or_list, real
from codeable.compat.convert.values import attribute_definitions, elements_in
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.kernel import CAssociation, CClassifier, CMetaclass, CNamedElement
from codeable.source_writer import Expression, Verbatim, format_assignment

_LENIENT = ("author type", "type")


def differences(vocabulary: OldVocabulary, shown: bool) -> Iterator[Statement]:
    """The statements that make the vocabulary of codeable like the old one.

    Args:
        vocabulary: The old study's vocabulary.
        shown: Whether a view shows sources. If not, the vocabulary may keep its attributes of sources, which
            accept any text, where the old ones are among them.
    """
    ours = codeable.dsl.fresh_vocabulary()
    names_of_ours = {
        value: name
        for name, value in vars(ours).items()
        if isinstance(value, CNamedElement) and name in ours.__all__
    }
    for name, old in vocabulary.names.items():
        new = getattr(ours, name)
        if old.name != new.name and not (isinstance(old, CMetaclass) and not old.all_classes):
            yield _assignment(old, "name", old.name)
        if isinstance(old, CClassifier):
            yield from _of_classifier(name, old, new, vocabulary, names_of_ours, shown)
    if "code" not in vocabulary.names:  # then no element has attributes from being a code
        yield Statement((), lambda names: [f"{names.word('code')}.attributes = {{}}"])


def _of_classifier(
    name: str,
    old: CClassifier,
    new: CClassifier,
    vocabulary: OldVocabulary,
    names_of_ours: dict[CNamedElement, str],
    shown: bool,
) -> Iterator[Statement]:
    there = [names_of_ours[each] for each in new.superclasses]
    stays_code = "code" in there and "code" not in vocabulary.names
    wanted = [vocabulary.expressions.get(each, each) for each in old.superclasses]
    if [*wanted, *(["code"] if stays_code else [])] != there:
        yield _superclasses(old, stays_code)
    if isinstance(old, CAssociation):
        return
    attributes = _attributes(old, vocabulary.expressions)
    lenient = name in ("reference", "source") and not shown and _is_covered(attributes, new)
    ours = [one for one in _attributes(new, names_of_ours) if (name, one[0]) != ("code", "memo")]
    if attributes != ours and not lenient:  # that a code may have a memo changes nothing in an old study
        needs = (old, *(each for one in old.attributes for each in elements_in([one.type, one.default])))
        yield Statement(
            tuple(map(real, needs)),
            lambda names: [_assign(names, old, "attributes", attribute_definitions(old, names))],
            about=old,
        )


def _superclasses(old: CClassifier, stays_code: bool) -> Statement:
    superclasses = list(old.superclasses)

    def write(names: ModuleNames) -> Lines:
        if not stays_code:
            return [_assign(names, old, "superclasses", one_or_list(superclasses, names))]
        refs = [*(names.ref(each) for each in superclasses), Verbatim(names.word("code"))]
        return [_assign(names, old, "superclasses", refs)]

    return Statement((old, *superclasses), write, about=old)


def _attributes(classifier: CClassifier, known: Mapping[CNamedElement, str]) -> list[tuple[Any, ...]]:
    """Name, type and default of each attribute, elements of the vocabulary by their names."""
    return [
        (each.name, known.get(each.type, each.type) if _is_element(each.type) else each.type, each.default)
        for each in classifier.attributes
    ]


def _is_element(value: object) -> bool:
    return isinstance(value, CNamedElement)


def _is_covered(wanted: list[tuple[Any, ...]], new: CClassifier) -> bool:
    """Whether the new one, with what it inherits, has all attributes; texts replace enumerations."""
    there = {each.name: each.type for classifier in new.class_path for each in classifier.attributes}
    return all(
        default is None
        and (there.get(name) is kind or (name in _LENIENT and kind in ("author_type", "source_type")))
        for name, kind, default in wanted
    )


def _assignment(old: CNamedElement, attribute: str, value: Expression) -> Statement:
    return Statement((old,), lambda names: [_assign(names, old, attribute, value)], about=old)


def _assign(names: ModuleNames, element: CNamedElement, attribute: str, value: Expression) -> str:
    return format_assignment(f"{names.ref(element).text}.{attribute}", value)
