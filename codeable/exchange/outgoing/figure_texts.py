"""The text of a figure in a drawing language, as other programs read it: PlantUML, DOT, Mermaid."""

from collections.abc import Callable, Iterable

from codeable.coded.coded_study import CodedStudy
from codeable.diagrams import Diagram, View, build, dot_text, find_view, plantuml_text, views
from codeable.diagrams.mermaid import mermaid_messages, mermaid_text
from codeable.exchange.exported import Exported, ExportOptions
from codeable.render.figures import view_figure

_BY_DEFAULT = "overview"


def export_plantuml(study: CodedStudy, options: ExportOptions) -> Exported:
    """The text of a view in PlantUML (https://plantuml.com/class-diagram)."""
    return _text(study, options, ".puml", plantuml_text)


def export_dot(study: CodedStudy, options: ExportOptions) -> Exported:
    """The text of a view in DOT (https://graphviz.org/doc/info/lang.html), which Graphviz lays out."""
    return _text(study, options, ".dot", dot_text)


def export_mermaid(study: CodedStudy, options: ExportOptions) -> Exported:
    """The text of a view as a flowchart of Mermaid (https://mermaid.js.org)."""
    return _text(study, options, ".mmd", mermaid_text, mermaid_messages)


def _no_messages(_: Diagram, __: str) -> Iterable[str]:
    return ()


def _text(
    study: CodedStudy,
    options: ExportOptions,
    ending: str,
    write: Callable[[Diagram], str],
    messages: Callable[[Diagram, str], Iterable[str]] = _no_messages,
) -> Exported:
    """The text of a view under the options that the settings give it.

    Raises:
        CodeableError: There is no such view, with the nearest; or an option in the settings is wrong.
    """
    registry = study.registry
    wanted = options.view or _BY_DEFAULT
    view = wanted if isinstance(wanted, View) else find_view(views(registry), wanted)
    styles = registry.settings.styles
    diagram = build(view, registry, view_figure(registry, view).options(styles), styles)
    text = write(diagram)
    said = (*diagram.messages, *messages(diagram, text))
    return Exported({f"{view.file_name}{ending}": text.encode("utf-8", "replace")}, messages=said)
