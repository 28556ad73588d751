"""The figure of a decision for an editor: which one a place means, and the figure drawn into a file.

Called by `preview`.
"""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from lsprotocol import types

from codeable.editor.study.study_view import Cursor, StudyView
from codeable.engines import EngineError
from codeable.engines.cache import cache_folder
from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path, write_together
from codeable.notes.mentions import current_name
from codeable.render.drawings import part_name
from codeable.render.figure import drawn_together, figure_of
from codeable.render.figures import view_figure
from codeable.study import Study
from codeable.study.view_choice import view_for

PREVIEW = "codeable.preview"
"""The command of `preview`."""


def preview_command(title: str, uri: str, position: types.Position, name: str) -> types.Command:
    """The command that shows the figure of a view beside a place."""
    place = {"line": position.line, "character": position.character}
    return types.Command(title=title, command=PREVIEW, arguments=[uri, place, name])


@frozen
class DecisionFigure:
    """A figure as it was drawn.

    Attributes:
        name: The identifier of its view.
        title: The question or display name.
        parts: The file and the SVG of each part.
        messages: What the figure says about itself, such as that it is wider than asked.
    """

    name: str
    title: str
    parts: tuple[tuple[Path, str], ...]
    messages: tuple[str, ...] = ()


def view_at(cursor: Cursor) -> str | None:
    """The view that a place means: a decision or bundle there, else of the code there, else the nearest one.

    Those above the place come before those below. None where the file names no decision and no bundle.
    """
    view = cursor.view
    drawable = _drawable(view)
    here = cursor.occurrence
    if here is not None:
        for name in _views_of(view, here.name):
            if name in drawable:
                return name
    above, below = None, None
    for one in view.occurrences.get(cursor.path, ()):
        name = current_name(view.settings.renames, one.name)
        if name not in drawable or not one.counts:
            continue
        if one.span.start <= cursor.offset:
            above = name
        elif below is None:
            below = name
    return above or below


def _views_of(view: StudyView, name: str) -> Iterator[str]:
    """A name itself, and the decisions of which it is an option."""
    yield current_name(view.settings.renames, name)
    known = view.code(name)
    if known is not None:
        yield from known.decisions


def _drawable(view: StudyView) -> set[str]:
    """The views of the model, and the decisions that were written since it was loaded."""
    names = {name for name, code in view.codes.items() if code.kind == "decision"}
    if view.study is not None:
        with contextlib.suppress(CodeableError):  # two views of one file name; drawing says so
            names |= {each.identifier for each in view.study.views}
    return names


def why_not_drawn(view: StudyView, name: str | None, error: str = "", *, not_loaded: bool = False) -> str:
    """The message about a figure that cannot be drawn, with the way out.

    Args:
        view: The study.
        name: The view that was wanted; None where the place means none.
        error: The error of drawing.
        not_loaded: Whether the modules of the study are not run without being asked for.
    """
    fault = f", because the study does not load: {view.problem.message}" if view.problem is not None else ""
    if view.model is None:
        unasked = ": the modules of the study were not run; the command codeable.loadStudy runs them"
        return f"no figure{fault or (unasked if not_loaded else ' yet: the study is still being loaded')}"
    if name is None:
        return "this file names no decision and no bundle, so it has no figure"
    known = view.code(name)
    if known is None or known.in_model:
        return f"{name} cannot be drawn: {error}"
    is_in_module = any(one.span.path in view.modules for one in view.names.declarations(name))
    way_out = "save its module" if is_in_module else "`codeable notes build` writes it into a module"
    return f"{name} is not in the model{fault or f'; {way_out}'}"


def draw_figure(study: Study, name: str, folder: Path) -> DecisionFigure:
    """Draw the figure of a view as the settings of the study say, and write its parts into a folder.

    Args:
        study: The study.
        name: The identifier of the view.
        folder: Gets NAME.svg, for a figure of several parts also NAME-2.svg and so on.

    Raises:
        CodeableError: There is no such view, it cannot be drawn, or the files cannot be written.
    """
    view = view_for(study, name)
    figure = figure_of(study, view_figure(study, view), {})
    (pictures,) = drawn_together(study, [figure])
    if isinstance(pictures, EngineError):
        raise pictures
    files = {
        folder / f"{part_name(view.file_name, part)}.svg": picture.data
        for part, picture in enumerate(pictures, 1)
    }
    try:
        write_together(files)
    except OSError as error:
        message = f"{shown_path(Path(error.filename or folder))} cannot be written: {reason_of(error)}"
        raise CodeableError(message) from error
    messages = (*figure.messages, *(message for picture in pictures for message in picture.messages))
    parts = tuple((path, data.decode("utf-8")) for path, data in files.items())
    return DecisionFigure(view.identifier, view.title, parts, tuple(dict.fromkeys(messages)))


def figure_folder(study_folder: Path) -> Path:
    """The folder for the figures of a study: in the user's cache, else a new temporary one."""
    cache = cache_folder()
    if cache is None:
        return Path(tempfile.mkdtemp(prefix="codeable-"))
    digest = hashlib.blake2s(str(study_folder).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return cache / "figures" / f"{study_folder.name}-{digest}"
