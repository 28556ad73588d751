"""The format `qdpx`: a project of REFI-QDA 1.0, a zip of `project.qde` and of the texts in `sources/`.

It has the form that the importers in use take: texts are named by their GUID and are UTF-8 without a byte
order mark, with LF; positions count code points, and the end is behind the last character.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.exchange.exported import Exported, ExportOptions, file_name
from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.refi_codes import add_codes, add_sets, written_names
from codeable.exchange.outgoing.refi_notes import RefiNotes, add_references
from codeable.exchange.outgoing.refi_sources import RefiSources
from codeable.exchange.outgoing.refi_xml import DAY, ORIGIN, PROJECT, XmlTexts, add, xml_bytes
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.outgoing.zip_bytes import zip_bytes
from codeable.exchange.own_note import OWN_NOTE, UNKNOWN_CODER, own_note
from codeable.exchange.project import Coder, NotTakenOver, Project, ProjectLink
from codeable.exchange.whole_texts import (
    TEXTS_FOLDER,
    memos_left_here,
    sources_with_whole_text,
    with_whole_texts,
)
from codeable.text import counted

_MAIN = "project.qde"


def export_qdpx(study: CodedStudy, options: ExportOptions) -> Exported:
    """The project of a study.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> study = CodedStudy(Registry.of({"s1": CClass(source, "s1")}))
        >>> list(export_qdpx(study, ExportOptions()).files)
        ['study.qdpx']
    """
    project, folder = project_of(study), study.registry.folder
    whole, unlike = with_whole_texts(project, folder) if options.texts and folder else (project, ())
    files, lost = project_files(whole)
    name = file_name(project.name, ".qdpx")
    kept = len(sources_with_whole_text(project, folder)) if folder is not None else 0
    return Exported(
        {name: zip_bytes(files)},
        (*project.not_taken_over, *unlike, *lost, *(memos_left_here(folder) if folder else ())),
        tuple(_messages(project, kept, has_texts=options.texts)),
    )


def _messages(project: Project, kept: int, *, has_texts: bool) -> Iterator[str]:
    if has_texts and not kept:
        yield f"{TEXTS_FOLDER}/ of the study has no whole text of a source; their passages are the text"
    elif kept and not has_texts:
        count = counted(kept, "source has its passages", "sources have their passages")
        yield f"{count} as text; the option texts (--texts) takes the whole texts from {TEXTS_FOLDER}/"
    number = sum(len(each.codings) for each in project.sources)
    if number:
        count = counted(number, "code of a whole source is", "codes of whole sources are")
        left_out = "it" if number == 1 else "them"
        tools = "tools that only know coded passages"
        yield f"{count} in the file without a passage; {tools} leave {left_out} out"
    number = sum(each.kind == "super-code" for each in project.links)
    if number:
        count = counted(number, "further super-code of a code is", "further super-codes of codes are")
        yield f"{count} in the file as links, because there a code is inside one other code"


def project_files(project: Project) -> tuple[dict[str, bytes], tuple[NotTakenOver, ...]]:
    """The files in the zip of a project, and what of it they cannot have.

    Args:
        project: A project whose keys are GUIDs.
    """
    texts, keys = XmlTexts(), Keys(project.name)
    unknown_coder = Coder(keys.of("unknown coder"), UNKNOWN_CODER)
    notes = RefiNotes(texts, keys, unknown_coder.key)
    names, source_names = written_names(project.codes, texts), written_names(project.sources, texts)
    project = evolve(project, links=tuple(_link(each, texts) for each in project.links))
    sources = RefiSources(source_names, notes)
    root = Element("Project", {"xmlns": PROJECT, "origin": ORIGIN, "creationDateTime": DAY})
    root.set("name", texts.name(project.name, "name of the study") or "study")
    users = add(root, "Users")
    for coder in (*project.coders, unknown_coder):
        add(users, "User", guid=coder.key, name=texts.name(coder.name, "name of a coder"))
    of_codes = {
        code.key: notes.of(code.memos, (code.key,), f"memo about {code.identifier or code.name}")
        for code in project.codes
    }
    if project.codes:
        add_codes(add(root, "CodeBook"), project, names, texts, of_codes)
    sources.add_to(root, project)
    about = notes.of(project.memos, (), "memo about the study")
    known = own_note(project, {**names.of, **source_names.of})
    own = notes.add(OWN_NOTE, known, ("note", OWN_NOTE), "note of identifiers")
    notes.add_to(root)
    _add_links(root, project, keys)
    add_sets(root, project, "targetGUID", keys)
    add_references(root, (*about, own))
    return {_MAIN: xml_bytes(root), **sources.files, **notes.files}, tuple(texts.not_taken_over())


def _link(link: ProjectLink, texts: XmlTexts) -> ProjectLink:
    return evolve(link, name=texts.name(link.name, f"name of the link {link.name!r}"))


def _add_links(root: Element, project: Project, keys: Keys) -> None:
    if not project.links:
        return
    links = add(root, "Links")
    times: Counter[tuple[str, ...]] = Counter()
    for each in project.links:
        parts = (each.origin, each.target, each.kind, each.name)
        times[parts] += 1
        add(
            links,
            "Link",
            guid=keys.of("link", *parts, times[parts]),
            name=each.name or None,
            direction="OneWay",
            originGUID=each.origin,
            targetGUID=each.target,
        )
