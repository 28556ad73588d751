"""What a file says of a code that the study has, and the study says otherwise or not at all."""

from collections.abc import Container, Iterator, Sequence

from attrs import frozen

from codeable.exchange.incoming.code_statements import memo_text, text_attributes, text_of
from codeable.exchange.incoming.planned import Difference
from codeable.exchange.incoming.study_codes import StudyCode, plain_name
from codeable.exchange.project import ProjectCode
from codeable.registry.values import attribute_text


@frozen
class CodeDifference:
    """That the file says something else than the study about a code that both have.

    Attributes:
        what: What differs: ``name``, ``kind``, ``parent``, or an attribute.
        in_file: What the file says.
        in_study: What the study says.
        is_empty_in_study: Whether the study says nothing.
    """

    what: str
    in_file: str
    in_study: str
    is_empty_in_study: bool = False

    def of(self, known: StudyCode) -> Difference:
        """The difference, as an import names it."""
        return Difference(f"{self.what} of {known.called}", self.in_file, self.in_study, known.place)


def differences_of(
    code: ProjectCode, known: StudyCode, kind: str | None, parents: Sequence[str], noted: Container[str]
) -> Iterator[CodeDifference]:
    """Where the file says something else than the study about a code that both have.

    What the file does not say is no difference.

    Args:
        code: The code in the file.
        known: The code in the study.
        kind: The kind that the file or the user gives it.
        parents: What records call the codes that it specialises in the file.
        noted: The words of the memos and definitions in the notes of the study.
    """
    element = known.declaration.element
    if plain_name(code.name) != known.name:
        yield CodeDifference("name", code.name, known.declaration.name)
    if kind is not None and kind != known.declaration.kind:
        is_no_kind = element.metaclass.name == "Code"
        yield CodeDifference("kind", kind, known.declaration.kind, is_no_kind)
    if set(parents) - set(known.parents):
        yield CodeDifference("parent", ", ".join(parents), ", ".join(known.parents))
    attributes = text_attributes(element.metaclass)
    for what, text in {**code.values, "description": code.description}.items():
        in_study = attribute_text(element, what) or ""
        is_said = plain_name(text) == plain_name(in_study) or plain_name(text) in noted
        if text.strip() and what in attributes and not is_said:
            yield CodeDifference(what, text_of(text), in_study, not in_study)
    memo = attribute_text(element, "memo") or ""
    missing = [each for each in code.memos if not _is_noted(each.text, memo, noted)]
    if missing:
        yield CodeDifference("memo", memo_text(missing), memo, not memo)


def _is_noted(text: str, memo: str, noted: Container[str]) -> bool:
    words = plain_name(text)
    return words in plain_name(memo) or words in noted
