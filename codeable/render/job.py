"""The main job: brings the files of a study's figures up to date, or reports those that are not.

Called by the command and by `Study.render`.
"""

import contextlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from attrs import evolve

from codeable.diagrams import View
from codeable.engines import EngineError, EngineTimeoutError
from codeable.errors import CodeableError
from codeable.files import remove_left_over_files
from codeable.registry import Registry
from codeable.render.figures import named_figures, view_figures
from codeable.render.files import (
    NOT_OURS,
    InTheWayError,
    Target,
    check_folder,
    check_replaceable,
    intact_mark,
    old_bytes,
    orphaned_files,
    orphaned_parts,
    parts_on_disk,
    remove,
    save,
    stale_formats,
    text_target,
    why_stale,
    write,
)
from codeable.render.fingerprints import Mark
from codeable.render.page import PAGE, is_our_page, page_text
from codeable.render.report import (
    DEFAULT_FORMATS,
    FORMATS,
    TEXT_FORMATS,
    Outcome,
    RenderReport,
    RenderRequest,
    State,
    check_formats,
)
from codeable.render.targets import (
    WIDEST_PIXELS,
    FigureTarget,
    engine_name,
    figure_of,
    file_of,
    how_to_split,
    output_folder,
    selected_figures,
)

if TYPE_CHECKING:
    from codeable.render.engine_run import Drawer, Drawn

_KNOWN_TOO_LARGE = "it was too large when it was laid out last; naming it (--view, --figure) tries again"
_LARGE = 150
"""Nodes or edges of a figure that may take too long to lay out because of its size."""


class Progress(Protocol):
    """What the job calls while it runs."""

    def begin(self, pictures: int) -> None:
        """The job is about to draw this many pictures. Called once, also for none."""

    def done(self, outcome: Outcome) -> None:
        """One file is finished."""


class _NoProgress:
    def begin(self, pictures: int) -> None: ...

    def done(self, outcome: Outcome) -> None: ...


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
    return _Job(registry, request, progress or _NoProgress()).run()


class _Job:
    def __init__(self, registry: Registry, request: RenderRequest, progress: Progress) -> None:
        self._registry = registry
        self._request = request
        self._progress = progress
        self._folder = output_folder(registry, request)
        self._engine = engine_name(registry, request)
        if request.formats is not None:
            check_formats(request.formats)
        self._settings = selected_figures(registry, request)
        self._is_whole = not (request.views or request.figures)
        self._outcomes: dict[Path, Outcome] = {}
        self._undrawn: dict[str, list[str]] = {}
        self._engines = contextlib.ExitStack()

    @cached_property
    def _drawer(self) -> "Drawer":
        from codeable.render.engine_run import Drawer

        return self._engines.enter_context(Drawer(self._registry, self._request, self._engine))

    def run(self) -> RenderReport:
        figures = list(self._figures())
        for folder in dict.fromkeys(figure.file.parent for figure in figures):
            check_folder(folder)
            if not self._request.check:
                remove_left_over_files(folder)
        pictures = [target for figure in figures for target in self._stale_pictures(figure)]
        self._progress.begin(0 if self._request.check else len(pictures))
        with self._engines:
            self._texts(figures)
            if self._request.check:
                for target in pictures:
                    if target.path not in self._outcomes:
                        self._report_target(target, "out of date", why_stale(target) or "")
            elif pictures:
                self._draw(pictures)
                self._texts([figure for figure in figures if figure.name in self._undrawn])
        self._stale_formats(figures)
        if self._is_whole and self._folder == self._own_folder:
            self._page()
        self._orphans(figures)
        return RenderReport(tuple(sorted(self._outcomes.values(), key=self._position)))

    @property
    def _own_folder(self) -> Path | None:
        """The output folder in the settings; None for a study of cells."""
        folder = self._registry.folder
        return None if folder is None else (folder / self._registry.settings.output).absolute()

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
                self._report(path, settings.name, "failed", error.message)

    def _stale_pictures(self, figure: FigureTarget) -> Iterator[Target]:
        """The first files of the pictures that have to be drawn, because one of their files is stale."""
        formats = [name for name in figure.formats if name not in TEXT_FORMATS]
        if not formats:
            return
        old_text = intact_mark(figure.path("puml"), "puml")
        for name in formats:
            target = Target(figure, name, figure.source(name))
            reason = figure.too_large()
            with self._left_in_place(target):
                stale = why_stale(target)
                if reason is not None:
                    self._too_large(target, reason)
                elif stale is not None and self._is_known_too_large(target, old_text):
                    self._undrawable(target, _KNOWN_TOO_LARGE)
                elif stale is not None or self._is_a_part_stale(target):
                    yield target

    def _is_a_part_stale(self, first: Target) -> bool:
        """Whether one of the parts of a picture, whose first file is up to date, has to be drawn again."""
        found = intact_mark(first.path, first.file_format)
        assert found is not None
        is_stale = False
        for part in range(1, found.parts + 1):
            target = evolve(first, part=part)
            with self._left_in_place(target):
                reason = why_stale(target)
                if reason is None:
                    mark = intact_mark(target.path, target.file_format)
                    messages = mark.messages if mark is not None else ()
                    self._report_target(target, "unchanged", messages=messages)
                else:
                    is_stale = True
                    if self._request.check:
                        self._report_target(target, "out of date", reason)
        return is_stale

    @contextlib.contextmanager
    def _left_in_place(self, target: Target) -> Iterator[None]:
        """Report a file that must not be overwritten as failed; the rest goes on."""
        try:
            yield
        except InTheWayError as error:
            self._report_target(target, "failed", error.message)

    def _texts(self, figures: Sequence[FigureTarget]) -> None:
        for figure in figures:
            undrawn = self._undrawn.get(figure.name)
            formats = [name for name in figure.formats if name in TEXT_FORMATS]
            if undrawn is not None and "puml" not in formats:
                formats.append("puml")
            for name in formats:
                with self._left_in_place(Target(figure, name, "")):
                    self._text(figure, name, tuple(undrawn or ()))

    def _text(self, figure: FigureTarget, file_format: str, undrawn: tuple[str, ...]) -> None:
        unfitted = Target(figure, file_format, figure.text_source(file_format))
        target = text_target(figure, file_format, undrawn)
        reason = why_stale(target or unfitted)
        if self._request.check and reason is not None:
            self._report_target(unfitted, "out of date", reason)
            return
        if target is None:
            try:
                target = text_target(figure, file_format, undrawn, self._drawer.layout(figure))
            except EngineError as error:
                self._report_target(unfitted, "failed", error.message)
                return
        assert target is not None
        assert target.data is not None
        if reason is not None:
            save(target, target.data)
            self._report_target(target, "drawn", reason, target.messages)
        elif target.path not in self._outcomes:
            self._report_target(target, "unchanged", messages=target.messages)

    def _draw(self, pictures: Sequence[Target]) -> None:
        with contextlib.closing(self._drawer.pictures(pictures)) as results:
            for drawn in results:
                with self._left_in_place(drawn.target):
                    self._picture(drawn)

    def _picture(self, drawn: "Drawn") -> None:
        target, result = drawn.target, drawn.result
        if isinstance(result, EngineTimeoutError) and _is_large(target.figure):
            self._undrawable(target, result.problem)
            return
        if isinstance(result, EngineError):
            self._report_target(target, "failed", result.message)
            return
        from codeable.engines.sizes import picture_size

        size = picture_size(result.data, target.file_format)
        if size is not None and max(size) > WIDEST_PIXELS:
            self._undrawable(target, f"the picture would be wider or higher than {WIDEST_PIXELS:,} pixels")
            return
        messages = (*(drawn.messages if target.part == 1 else ()), *result.messages)
        data = target.marked(result, drawn.parts, messages)
        if data == old_bytes(target.path):
            self._report_target(target, "unchanged", messages=messages)
            return
        reason = why_stale(target)
        save(target, data)
        self._report_target(target, "drawn", reason or "another part of it was drawn", messages)

    def _is_known_too_large(self, target: Target, text: Mark | None) -> bool:
        """Whether the text records that this picture is too large. With --view, it is tried again."""
        is_asked_for = not self._is_whole and not self._request.check
        return text is not None and target.source in text.undrawn and not is_asked_for

    def _undrawable(self, target: Target, reason: str) -> None:
        """Record in the text that a picture is too large, which may be known only when it is laid out."""
        self._undrawn.setdefault(target.figure.name, []).append(target.source)
        self._too_large(target, f"{reason}; {how_to_split(target.figure)}")

    def _too_large(self, target: Target, reason: str) -> None:
        """Report a picture that is too large. Its view gets a text, even when only a picture is wanted."""
        self._undrawn.setdefault(target.figure.name, [])
        check_replaceable(target)
        if old_bytes(target.path) is None:
            self._report_target(target, "too large", reason)
        elif self._request.check:
            self._report_target(target, "out of date", f"{reason}; --prune removes the old picture")
        elif self._request.prune:
            remove(target.path)
            self._report_target(target, "removed", reason)
        else:
            self._report_target(target, "too large", f"{reason}; --prune removes the old picture")

    def _page(self) -> None:
        path = self._folder / PAGE
        views = [settings.view for settings in self._settings if settings.is_view]
        files = {view.identifier: dict(self._present(view)) for view in views}
        data = page_text(self._registry, views, files).encode("utf-8", "replace")
        try:
            old = old_bytes(path)
        except InTheWayError as error:
            self._report(path, None, "failed", error.message)
            return
        if old is not None and old.replace(b"\r\n", b"\n") == data:
            self._report(path, None, "unchanged")
        elif old is not None and not is_our_page(old.decode("utf-8", "replace")):
            self._report(path, None, "failed", NOT_OURS)
        elif self._request.check:
            reason = "missing" if old is None else "the model changed or it was edited"
            self._report(path, None, "out of date", reason)
        else:
            write(path, data)
            self._report(path, None, "drawn")

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
                if path not in self._outcomes:
                    reason = f"drawn before the model or the settings changed; --format {name} draws it again"
                    self._report(path, figure.name, state, reason)

    def _orphans(self, figures: Sequence[FigureTarget]) -> None:
        """Report or remove files of views, figures and parts that are no more."""
        for figure in figures:
            for name in FORMATS:
                first = self._outcomes.get(figure.path(name))
                if name in TEXT_FORMATS or (first is not None and first.state == "out of date"):
                    continue
                for path in orphaned_parts(figure, name):
                    self._orphan(path, figure.name, "its figure has fewer parts now")
        if not self._is_whole and not self._request.prune:
            return
        every = [*view_figures(self._registry), *named_figures(self._registry)]
        files = [file_of(settings, self._registry, self._request) for settings in every]
        for path in orphaned_files(
            self._folder, {file.name for file in files if file.parent == self._folder}
        ):
            self._orphan(path, None, "its view no longer exists")

    def _orphan(self, path: Path, figure: str | None, reason: str) -> None:
        if self._request.check:
            self._report(path, figure, "out of date", f"{reason}; --prune removes it")
        elif self._request.prune:
            remove(path)
            self._report(path, figure, "removed", reason)
        else:
            self._report(path, figure, "orphaned", reason)

    def _report_target(
        self, target: Target, state: State, reason: str = "", messages: tuple[str, ...] = ()
    ) -> None:
        self._report(target.path, target.figure.name, state, reason, messages)

    def _report(
        self,
        path: Path,
        figure: str | None,
        state: State,
        reason: str = "",
        messages: tuple[str, ...] = (),
    ) -> None:
        outcome = self._outcomes[path] = Outcome(path, figure, state, reason, messages)
        self._progress.done(outcome)

    def _position(self, outcome: Outcome) -> tuple[int, str]:
        order = {settings.name: number for number, settings in enumerate(self._settings)}
        return order.get(outcome.view or "", len(order)), outcome.path.name


def _is_large(figure: FigureTarget) -> bool:
    """Whether the layout of a figure takes too long because of its size."""
    return len(figure.diagram.nodes) > _LARGE or len(figure.diagram.edges) > _LARGE
