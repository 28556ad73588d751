"""The command `codeable render`, also `python -m codeable.render`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from attrs import fields

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.render.report import DEFAULT_FORMATS, FORMATS, RenderRequest
from codeable.schema import LEAST_DPI, MOST_DPI, words_of
from codeable.study_option import Command, NonEmptyPath, study_folder, study_option, utf_8
from codeable.terminal import aligned, write


def format_option(formats: Sequence[str], default: Sequence[str]) -> Callable[[Command], Command]:
    """The option `--format` of a command: None, or the formats of all such options, which may hold several.

    Args:
        formats: Every format that there is.
        default: Those of files where neither the option nor the settings name any.
    """

    def read(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...] | None:
        words = ",".join(word.strip().removeprefix(".") for value in values for word in value.split(","))
        return words_of(*formats)(words, "--format") if values else None

    return click.option(
        "--format",
        "formats",
        callback=read,
        multiple=True,
        metavar="NAMES",
        help=f"Some of {', '.join(formats)}, separated by commas.  [default: {','.join(default)}]",
    )


@click.command("render", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=NonEmptyPath(), required=False, metavar="[STUDY]")
@study_option
@click.option("--out", type=NonEmptyPath(), metavar="DIR", help="Folder for the files.  [default: diagrams/]")
@click.option(
    "--view", "views", callback=utf_8, multiple=True, metavar="NAME", help="Only this view; may be repeated."
)
@click.option(
    "--figure",
    "figures",
    callback=utf_8,
    multiple=True,
    metavar="NAME",
    help="Only this figure of the settings; may be repeated.",
)
@format_option(FORMATS, DEFAULT_FORMATS)
@click.option("--list", "list_only", is_flag=True, help="Only list the views and figures.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file is out of date.")
@click.option("--prune", is_flag=True, help="Remove the files of views and parts that no longer exist.")
@click.option("--watch", is_flag=True, help="Draw again after each saved file, until interrupted.")
@click.option("--quiet", "-q", is_flag=True, help="Show failures and warnings only.")
@click.option("--engine", metavar="NAME", help="graphviz or plantuml; see `codeable engines`.")
@click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="NUMBER", help="Processes that draw.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 86400),
    default=60.0,
    metavar="SECONDS",
    help="Longest time for one picture.  [default: 60]",
)
@click.option(
    "--dpi",
    type=click.IntRange(LEAST_DPI, MOST_DPI),
    default=300,
    metavar="NUMBER",
    help="Resolution of a PNG.  [default: 300]",
)
@click.option("--width", metavar="LENGTH", help="Width on paper, such as 84mm; each figure is made to fit.")
@click.option("--height", metavar="LENGTH", help="Height of a page, with --width.  [default: 240mm]")
@click.option("--parts", type=int, metavar="NUMBER", help="Figures into which a decision is cut.")
@click.option("--style", metavar="NAME", help="screen, paper, or a style of the settings.")
@click.option("--layout", metavar="HOW", help="rails or graph.")
@click.option("--forces", metavar="HOW", help="none, lines, matrix or nodes.")
@click.option("--evidence", metavar="HOW", help="none, count or ids.")
@click.option("--wrap", type=int, metavar="COLUMNS", help="Width of a label before it is wrapped.")
@click.option("--direction", metavar="HOW", help="LR (left to right) or TB (top to bottom).")
@click.option("--relations", metavar="HOW", help="Between solutions: none, lines or graph.")
@click.option("--values/--no-values", default=None, help="Attribute values and tagged values, in the boxes.")
@click.option("--legend/--no-legend", default=None, help="A legend of shapes, colours and signs.")
@click.option("--language", metavar="NAME", help="Language by which long words are hyphenated, as in en_GB.")
@click.option("--links", metavar="ADDRESS", help="Address of a file, with {path} and perhaps {line} in it.")
@click.option("--contexts/--no-contexts", default=None, help="The contexts of a decision.")
@click.option("--categories/--no-categories", default=None, help="The category of a decision.")
def render_command(
    folder: Path | None, study: Path | None, list_only: bool, watch: bool, quiet: bool, **given: Any
) -> int:
    """Draw the diagrams of a study: the one in the folder STUDY, or the one that --study names."""
    if folder is not None and study is not None:
        raise CodeableError("name the study once, as STUDY or with --study", exit_status=2)
    study = study_folder(folder or study)
    if given["check"] and given["prune"]:
        raise CodeableError(
            "--check writes nothing and --prune removes files; give one of them", exit_status=2
        )
    if list_only:
        return _list(study, RenderRequest(views=given["views"], figures=given["figures"]))
    # The options that are no attribute of a request are options of every figure.
    of_request = given.keys() & {attribute.name for attribute in fields(RenderRequest)}
    figure = {name: value for name, value in given.items() if name not in of_request and value is not None}
    request = RenderRequest(figure=figure, **{name: given[name] for name in of_request})
    if watch:
        from codeable.render.run import watch_study

        return watch_study(study, request, quiet=quiet)
    from codeable.render.run import run_once

    return run_once(study, request, quiet=quiet).exit_status


def _list(study: Path, request: RenderRequest) -> int:
    from codeable.diagrams.view import NO_VIEWS
    from codeable.loading import load_folder
    from codeable.render.selection import file_of, selected_figures

    registry = load_folder(study)
    rows: list[tuple[str, str, str]] = []
    for figure in selected_figures(registry, request):
        view = figure.view
        title = " ".join(view.title.split())
        if figure.is_view:
            rows.append((view.identifier, view.kind, title))
        else:
            formats = ",".join(figure.formats or DEFAULT_FORMATS)
            file = f"{shown_path(file_of(figure, registry, request))}.{formats}"
            rows.append((figure.name, "figure", f"{title} ({file})"))
    if not rows:
        write(NO_VIEWS, stderr=True)
        return 0
    write(aligned(rows, indent=0))
    return 0
