"""What the words of the vocabulary mean: functions with their arguments, metaclasses, stereotypes.

Hover and signature help show it. Arguments come from the docstrings of the functions.
"""

import inspect
import re
from collections.abc import Mapping
from functools import cache
from types import FunctionType

from attrs import frozen

from codeable import dsl
from codeable.editor.hover.markup import Markup, items, paragraphs
from codeable.kernel import CAssociation, CMetaclass, CStereotype
from codeable.notes.vocabulary import CONSTRUCTORS, METHOD, vocabulary

_MEANINGS: Mapping[str, str] = {
    "source": "a text that is coded: an article, a talk, an interview",
    "reference": "a text that a source refers to",
    "code": "a code of which nobody has said the kind yet",
    "decision": "a question with several answers, its options",
    "practice": "a way to solve something, an option of a decision",
    "pattern": "a practice that is known and described as a pattern",
    "design_solution": "any solution: a practice, a pattern, or one of neither kind",
    "do_nothing_design_solution": "the option to do nothing",
    "force": "what speaks for or against a solution, such as cost",
    "category": "a group of decisions",
    "known_use": "a system in which solutions are used",
    "domain_metaclass": "a class of the domain, the context of decisions",
    "option": "the stereotype of the link from a decision to each of its options",
    "single_answer": "a decision of which one option is chosen",
    "multiple_answers": "a decision of which several options can be chosen",
}
_TYPES = {"str": "text", "bool": "yes or no", "int": "number", "float": "number"}
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {8,}.*)*)", re.MULTILINE)
_SECTION = re.compile(r"\n\n?(?=(?:Args|Returns|Raises|Example|Attributes):\n)")
_INLINE_CODE = re.compile(r"``|:\w+:`([^`]+)`")


@frozen
class Parameter:
    """An argument of a function: its name, what it is, and whether it may be left out."""

    name: str
    text: str
    optional: bool


@frozen
class FunctionWord:
    """A function or class of the vocabulary that can be called.

    Attributes:
        name: Its name.
        text: What it does.
        parameters: Its arguments, those by position first.
    """

    name: str
    text: str
    parameters: tuple[Parameter, ...]

    @property
    def call(self) -> str:
        """How it is called: ``add_force_relations(relations)``."""
        return f"{self.name}({', '.join(map(self.shown, self.parameters))})"

    def shown(self, parameter: Parameter) -> str:
        """An argument in the line of the call."""
        return f"{parameter.name}=…" if parameter.optional else parameter.name


@frozen
class KindWord:
    """A metaclass or stereotype: what it is, what it means, its attributes with the names of their types."""

    name: str
    what: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@cache
def word(name: str) -> FunctionWord | KindWord | None:
    """What a word of the vocabulary means; None for any other name.

    Example:
        >>> word("add_force_relations").call, word("very_positive").text
        ('add_force_relations(relations)', 'the impact ++ of a solution on a force')
    """
    found = vars(dsl).get(name) if name in dsl.NAMES else None
    if isinstance(found, CMetaclass):
        types = sorted(vocabulary().metaclasses[name].items())
        attributes = tuple((attribute, getattr(kind, "__name__", str(kind))) for attribute, kind in types)
        text = _MEANINGS.get(name, found.name or "")
        return KindWord(name, f"metaclass {found.name}", text, attributes)
    if isinstance(found, CStereotype):
        attributes = tuple((str(one.name), getattr(one.type, "__name__", "")) for one in found.attributes)
        return KindWord(name, f"stereotype {found.name}", _of_stereotype(name, found), attributes)
    if isinstance(found, CAssociation):
        return KindWord(name, "association", f"{found.source} → {found.target}")
    if isinstance(found, FunctionType | type):
        return _function(name, found)
    return None


def method() -> FunctionWord:
    """The method `add_links` of an element."""
    known = {each.name: each for each in _parsed(dsl.add_links.__doc__ or "", {})}
    known["targets"] = Parameter("targets", "What it is linked to: one element or a list.", optional=False)
    parameters = tuple(known[name] for name in METHOD if name in known)
    return FunctionWord("add_links", "Link this element to others.", parameters)


def _of_stereotype(name: str, found: CStereotype) -> str:
    if name in _MEANINGS:
        return _MEANINGS[name]
    if found.has_superclass(dsl.force_impact_type):
        return f"the impact {found.name} of a solution on a force"
    if found.has_superclass(dsl.design_solution_dependency_type):
        return f"a relation between two solutions: A «{found.name}» B"
    if found.has_superclass(dsl.solutions_to_next_decisions_relation_type):
        return "leads from a solution to the decision that comes next"
    if found.has_superclass(dsl.context_relations_type):
        return "the relation of a decision, or a category, to its context"
    return ""


def _function(name: str, found: "FunctionType | type") -> FunctionWord:
    doc = inspect.getdoc(found) or ""
    try:
        signature = inspect.signature(found).parameters
    except (TypeError, ValueError):
        signature = {}  # type: ignore[assignment]
    known = {each.name: each for each in _parsed(doc, signature)}
    order = CONSTRUCTORS.get(name, ())
    names = [*(each for each in order if each in known), *(each for each in known if each not in order)]
    text = " ".join(_INLINE_CODE.sub(r"\1", _SECTION.split(doc)[0]).split("\n\n")[0].split())
    return FunctionWord(name, text, tuple(known[each] for each in names))


def _parsed(doc: str, signature: "Mapping[str, inspect.Parameter]") -> list[Parameter]:
    """The arguments that a docstring describes."""
    doc = inspect.cleandoc(doc)
    start = doc.find("Args:\n")
    if start < 0:
        return []
    end = doc.find("\n\n", start)
    section = doc[start : end if end >= 0 else len(doc)]
    found = []
    for match in _ARGUMENT.finditer(section):
        if match[1] == "kw":  # nothing that a user gives
            continue
        known = signature.get(match[1])
        optional = known is None or known.default is not inspect.Parameter.empty
        text = " ".join(_INLINE_CODE.sub(r"\1", match[2]).split())
        found.append(Parameter(match[1], text, optional))
    return found


def word_text(meaning: FunctionWord | KindWord, markup: Markup) -> str:
    """What a word means, as a text for an editor."""
    if isinstance(meaning, FunctionWord):
        arguments = [f"{markup.code(each.name)}: {prose(each.text, markup)}" for each in meaning.parameters]
        return paragraphs([markup.block(meaning.call), prose(meaning.text, markup), items(arguments)])
    attributes = ", ".join(
        f"{markup.code(name)}{f' {markup.text(_TYPES.get(kind, kind))}' if kind else ''}"
        for name, kind in meaning.attributes
    )
    text = f"{markup.code(meaning.name)} · {markup.text(meaning.what)}"
    return paragraphs([text, markup.text(meaning.text), f"values: {attributes}" if attributes else None])


def prose(text: str, markup: Markup) -> str:
    """A text of codeable itself, with identifiers between backticks."""
    return text.replace("`", "") if markup.plain else text
