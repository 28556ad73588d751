"""The main job: brings the files of a study's figures up to date, or reports those that are not.

Called by the command. `texts` and `pictures` update files; `leftovers` finds those that nobody needs.
"""

import contextlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from codeable.diagrams import View
from codeable.errors import CodeableError
from codeable.files import remove_left_over_files
from codeable.registry import Registry
from codeable.render.figures import named_figures, view_figures
from codeable.render.files import (
    NOT_OURS,
    InTheWayError,
    check_folder,
    old_bytes,
    remove,
    why_stale,
    write,
)
from codeable.render.leftovers import orphaned_files, orphaned_parts, parts_on_disk, stale_formats
from codeable.render.outcomes import NoProgress, Outcomes, Progress
from codeable.render.page import PAGE, is_our_page, page_text
from codeable.render.pictures import Pictures
from codeable.render.report import (
    DEFAULT_FORMATS,
    FORMATS,
    Outcome,
    RenderReport,
    RenderRequest,
    State,
    check_formats,
)
from codeable.render.selection import (
    engine_name,
    figure_of,
    file_of,
    output_folder,
    own_folder,
    selected_figures,
)
from codeable.render.targets import FigureTarget
from codeable.render.texts import Texts

if TYPE_CHECKING:
    from codeable.render.engine_run import Drawer


def render(registry: Registry, request: RenderRequest, progress: Progress | None = None) -> RenderReport:
    """Write the figures of a study. Files that are up to date are not touched.

    Args:
        registry: The study.
        request: What to draw, where, and how.
        progress: Called for each file when it is finished.

    Returns:
        What became of each file. A view that fails is in the report, and the others are drawn.

    Raises:
        CodeableError: The request names something that does not exist, or the folder cannot be written.
    """
    return _Job(registry, request, progress or NoProgress()).run()


class _Job:
    def __init__(self, registry: Registry, request: RenderRequest, progress: Progress) -> None:
        self._registry = registry
        self._request = request
        self._folder = output_folder(registry, request)
        self._engine = engine_name(registry, request)
        if request.formats is not None:
            check_formats(request.formats)
        self._settings = selected_figures(registry, request)
        self._is_whole = not (request.views or request.figures)
        self._outcomes = Outcomes(progress, self._folder)
        self._pictures = Pictures(request, self._outcomes, is_named=not self._is_whole)
        self._engines = contextlib.ExitStack()

    @cached_property
    def _drawer(self) -> "Drawer":
        from codeable.render.engine_run import Drawer

        return self._engines.enter_context(Drawer(self._registry, self._request, self._engine))

    def run(self) -> RenderReport:
        figures = [figure for figure in self._figures() if self._has_folder(figure)]
        if not self._request.check:
            for folder in dict.fromkeys(figure.file.parent for figure in figures):
                remove_left_over_files(folder)
        pictures = [target for figure in figures for target in self._pictures.stale(figure)]
        self._outcomes.progress.begin(0 if self._request.check else len(pictures))
        with self._engines:
            texts = Texts(self._request, self._outcomes, lambda figure: self._drawer.layout(figure))
            texts.update(figures, self._pictures.undrawn)
            if self._request.check:
                for target in pictures:
                    if self._outcomes.get(target.path) is None:
                        self._outcomes.of_target(target, "out of date", why_stale(target) or "")
            elif pictures:
                self._pictures.draw(pictures, self._drawer)
                undrawn = self._pictures.undrawn
                texts.update([figure for figure in figures if figure.name in undrawn], undrawn)
        self._stale_formats(figures)
        if self._is_whole and self._folder == self._own_folder:
            self._page()
        self._orphans(figures)
        return RenderReport(tuple(sorted(self._outcomes.every(), key=self._position)))

    @property
    def _own_folder(self) -> Path | None:
        """The output folder in the settings; None for a study of cells."""
        folder = self._registry.folder
        return None if folder is None else own_folder(folder, self._registry.settings)

    def _figures(self) -> Iterator[FigureTarget]:
        for settings in self._settings:
            try:
                yield figure_of(settings, self._registry, self._request, self._engine)
            except CodeableError as error:
                if error.exit_status == 2:
                    raise
                file = file_of(settings, self._registry, self._request)
                formats = self._request.formats or settings.formats or DEFAULT_FORMATS
                path = file.with_name(f"{file.name}.{formats[0]}")
                self._outcomes.report(path, settings.name, "failed", error.message)

    def _has_folder(self, figure: FigureTarget) -> bool:
        """Whether there can be files in the folder of a figure. One with a folder of its own fails alone."""
        try:
            check_folder(figure.file.parent)
        except CodeableError as error:
            if figure.file.parent == self._folder:
                raise
            self._outcomes.report(figure.path(figure.formats[0]), figure.name, "failed", error.message)
            return False
        return True

    def _page(self) -> None:
        path = self._folder / PAGE
        views = [settings.view for settings in self._settings if settings.is_view]
        files = {view.identifier: dict(self._present(view)) for view in views}
        data = page_text(self._registry, views, files).encode("utf-8", "replace")
        try:
            old = old_bytes(path)
        except InTheWayError as error:
            self._outcomes.report(path, None, "failed", error.message)
            return
        if old is not None and old.replace(b"\r\n", b"\n") == data:
            self._outcomes.report(path, None, "unchanged")
        elif old is not None and not is_our_page(old.decode("utf-8", "replace")):
            self._outcomes.report(path, None, "failed", NOT_OURS)
        elif self._request.check:
            reason = "missing" if old is None else "the model changed or it was edited"
            self._outcomes.report(path, None, "out of date", reason)
        else:
            write(path, data)
            self._outcomes.report(path, None, "drawn")

    def _present(self, view: View) -> Iterator[tuple[str, int]]:
        """The formats of a view's files at the end of this job, and the number of files in each."""
        for name in FORMATS:
            path = self._folder / f"{view.file_name}.{name}"
            outcome = self._outcomes.get(path)
            is_expected = outcome is not None and outcome.state in ("drawn", "unchanged", "out of date")
            if is_expected or (path.is_file() and (outcome is None or outcome.state != "removed")):
                yield name, max(1, parts_on_disk(path, name))

    def _stale_formats(self, figures: Sequence[FigureTarget]) -> None:
        """Report files in other formats. They stay, since the options they were drawn with are not known."""
        state: State = "out of date" if self._request.check else "stale"
        for figure in figures:
            for name, path in stale_formats(figure):
                if self._outcomes.get(path) is None:
                    reason = "drawn before the model or the settings changed"
                    again = f"{figure.flag}--format {name} draws it again"
                    self._outcomes.report(path, figure.name, state, f"{reason}; {again}")

    def _orphans(self, figures: Sequence[FigureTarget]) -> None:
        """Report or remove files of views, figures and parts that are no more."""
        for figure, path in orphaned_parts(figures):
            first = self._outcomes.get(path.with_stem(figure.file.name))
            if first is None or first.state != "out of date":
                self._orphan(path, figure.name, "its figure has fewer parts now")
        if not self._is_whole and not self._request.prune:
            return
        every = [*view_figures(self._registry), *named_figures(self._registry)]
        files = [file_of(settings, self._registry, self._request) for settings in every]
        here = os.path.realpath(self._folder)  # a figure may have its file in this folder by a link to it
        names = {file.name for file in files if os.path.realpath(file.parent) == here}
        for path in orphaned_files(self._folder, names):
            self._orphan(path, None, "its view or figure no longer exists")

    def _orphan(self, path: Path, figure: str | None, reason: str) -> None:
        if self._request.prune and not self._request.check:
            remove(path)
            self._outcomes.report(path, figure, "removed", reason)
        else:
            state: State = "out of date" if self._request.check else "orphaned"
            self._outcomes.report(path, figure, state, f"{reason}; --prune removes it")

    def _position(self, outcome: Outcome) -> tuple[int, str]:
        order = {settings.name: number for number, settings in enumerate(self._settings)}
        return order.get(outcome.view or "", len(order)), outcome.path.name
