"""The format `qdc`: a codebook of REFI-QDA 1.0, an XML file with codes and sets."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.exchange.exported import Exported, ExportOptions, file_name
from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.refi_codes import WrittenNames, add_codes, add_sets, written_names
from codeable.exchange.outgoing.refi_xml import CODEBOOK, ORIGIN, XmlTexts, xml_bytes
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import NotTakenOver, Project
from codeable.text import counted

_IN_PROJECT = "a codebook has codes and their descriptions alone; `codeable export qdpx` has the rest"


def export_qdc(study: CodedStudy, _: ExportOptions) -> Exported:
    """The codebook of a study.

    Raises:
        CodeableError: The study has no code; a codebook has at least one.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> study = CodedStudy(Registry.of({"bus": CClass(pattern, "Event Bus")}))
        >>> b'name="Event Bus" isCodable="true"' in export_qdc(study, ExportOptions()).only
        True
    """
    project = project_of(study)
    if not project.codes:
        raise CodeableError(
            f"{project.name} has no codes, and a codebook has at least one; "
            "declare a decision, a practice, a pattern or a force"
        )
    texts = XmlTexts()
    names = written_names(project.codes, texts)
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    add_codes(root, project, names, texts, {})
    add_sets(root, project, "guid", Keys(project.name))
    return Exported(
        {file_name(project.name, ".qdc"): xml_bytes(root)},
        (*project.not_taken_over, *_not_taken_over(project, names), *texts.not_taken_over()),
    )


def _not_taken_over(project: Project, names: WrittenNames) -> Iterator[NotTakenOver]:
    further = tuple(names.of[each.origin] for each in project.links if each.kind == "super-code")
    reason = "a code is inside one other code; `codeable export qdpx` has the others as links"
    yield from NotTakenOver.of_names("further super-codes of codes", further, reason)
    parts = (
        (len(project.sources), "source"),
        (len(project.links) - len(further), "link between codes", "links between codes"),
        (sum(len(each.memos) for each in project.codes), "memo about a code", "memos about codes"),
        (
            sum(len(each.values) for each in project.codes),
            "further value of a code",
            "further values of codes",
        ),
    )
    there = (counted(*each) for each in parts if each[0])
    yield from NotTakenOver.of_names("parts of the study", there, _IN_PROJECT, is_loss=False)
    what = "names of codes that differ in the file"
    reason = "a tool knows a code by its name, which is on one line and no other code has it"
    yield from NotTakenOver.of_names(what, names.changed, reason, is_loss=False)
