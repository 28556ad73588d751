"""The main job: brings the files of a study's figures up to date, or reports those that are not.

Called by the command and by `Study.render`.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from codeable.diagrams import View
from codeable.engines import EngineError, EngineTimeoutError
from codeable.errors import CodeableError
from codeable.files import remove_left_over_files
from codeable.registry import Registry
from codeable.render.files import (
    NOT_OURS,
    InTheWayError,
    Target,
    check_folder,
    check_replaceable,
    file_of,
    intact_mark,
    old_bytes,
    orphaned_files,
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
    all_views,
    engine_name,
    figure_of,
    how_to_split,
    selected_views,
)

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


def output_folder(registry: Registry, request: RenderRequest) -> Path:
    """The output folder: the folder of the request, else the folder in the settings."""
    return (request.out or registry.folder_for("render()") / registry.settings.output).absolute()


class _Job:
    def __init__(self, registry: Registry, request: RenderRequest, progress: Progress) -> None:
        self._registry = registry
        self._request = request
        self._progress = progress
        self._folder = output_folder(registry, request)
        self._engine = engine_name(registry, request)
        self._formats = check_formats(request.formats)
        self._all_views = all_views(registry)
        self._views = selected_views(self._all_views, request.views)
        self._outcomes: dict[Path, Outcome] = {}
        self._undrawn: dict[str, list[str]] = {}

    def run(self) -> RenderReport:
        check_folder(self._folder)
        if not self._request.check:
            remove_left_over_files(self._folder)
        figures = list(self._figures())
        pictures = [target for figure in figures for target in self._stale_pictures(figure)]
        self._progress.begin(0 if self._request.check else len(pictures))
        self._texts(figures)
        if self._request.check:
            for target in pictures:
                self._report_target(target, "out of date", why_stale(target) or "")
        else:
            self._draw(pictures)
            self._texts([figure for figure in figures if figure.view.identifier in self._undrawn])
        self._stale_formats(figures)
        if not self._request.views:
            self._page()
        self._orphans()
        return RenderReport(tuple(sorted(self._outcomes.values(), key=self._position)))

    def _figures(self) -> Iterator[FigureTarget]:
        for view in self._views:
            try:
                yield figure_of(self._registry, view, self._request, self._engine)
            except CodeableError as error:
                if error.exit_status == 2:
                    raise
                path = file_of(view, self._formats[0], self._folder)
                self._report(path, view.identifier, "failed", error.message)

    def _stale_pictures(self, figure: FigureTarget) -> Iterator[Target]:
        formats = [name for name in self._formats if name not in TEXT_FORMATS]
        if not formats:
            return
        old_text = intact_mark(file_of(figure.view, "puml", self._folder), "puml")
        for name in formats:
            path = file_of(figure.view, name, self._folder)
            target = Target(figure, name, path, figure.source(name))
            reason = figure.too_large()
            with self._left_in_place(target):
                stale = why_stale(target)
                if reason is not None:
                    self._too_large(target, reason)
                elif stale is None:
                    self._report_target(target, "unchanged")
                elif self._is_known_too_large(target, old_text):
                    self._undrawable(target, "it was too large when it was laid out last; --view tries again")
                else:
                    yield target

    @contextlib.contextmanager
    def _left_in_place(self, target: Target) -> Iterator[None]:
        """Report a file that must not be overwritten as failed; the rest goes on."""
        try:
            yield
        except InTheWayError as error:
            self._report_target(target, "failed", error.message)

    def _texts(self, figures: Sequence[FigureTarget]) -> None:
        for figure in figures:
            undrawn = self._undrawn.get(figure.view.identifier)
            formats = [name for name in self._formats if name in TEXT_FORMATS]
            if undrawn is not None and "puml" not in formats:
                formats.append("puml")
            for name in formats:
                target = text_target(figure, name, self._folder, tuple(undrawn or ()))
                with self._left_in_place(target):
                    self._text(target)

    def _text(self, target: Target) -> None:
        reason = why_stale(target)
        if reason is None:
            if target.path not in self._outcomes:
                self._report_target(target, "unchanged")
        elif self._request.check:
            self._report_target(target, "out of date", reason)
        else:
            assert target.data is not None
            save(target, target.data)
            self._report_target(target, "drawn", reason)

    def _draw(self, targets: Sequence[Target]) -> None:
        if not targets:
            return
        from codeable.render.engine_run import drawn

        with contextlib.closing(drawn(targets, self._registry, self._request)) as results:
            for target, result, warning in results:
                with self._left_in_place(target):
                    if isinstance(result, EngineTimeoutError) and _is_large(target.figure):
                        self._undrawable(target, result.problem)
                    elif isinstance(result, EngineError):
                        self._report_target(target, "failed", result.message)
                    else:
                        self._picture(target, result.data, warning)

    def _picture(self, target: Target, data: bytes, warning: str) -> None:
        from codeable.engines.sizes import picture_size

        size = picture_size(data, target.file_format)
        if size is not None and max(size) > WIDEST_PIXELS:
            self._undrawable(target, f"the picture would be wider or higher than {WIDEST_PIXELS:,} pixels")
            return
        reason = why_stale(target) or ""
        save(target, target.marked(data))
        self._report_target(target, "drawn", reason, warning)

    def _is_known_too_large(self, target: Target, text: Mark | None) -> bool:
        """Whether the text records that this picture is too large. With --view, it is tried again."""
        is_asked_for = bool(self._request.views) and not self._request.check
        return text is not None and target.source in text.undrawn and not is_asked_for

    def _undrawable(self, target: Target, reason: str) -> None:
        """Record in the text that a picture is too large, which may be known only when it is laid out."""
        self._undrawn.setdefault(target.figure.view.identifier, []).append(target.source)
        self._too_large(target, f"{reason}; {how_to_split(target.figure)}")

    def _too_large(self, target: Target, reason: str) -> None:
        """Report a picture that is too large. Its view gets a text, even when only a picture is wanted."""
        self._undrawn.setdefault(target.figure.view.identifier, [])
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
        files = {view.identifier: tuple(self._present(view)) for view in self._all_views}
        data = page_text(self._registry, self._all_views, files).encode("utf-8", "replace")
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

    def _present(self, view: View) -> Iterable[str]:
        """The formats of a view's files at the end of this job."""
        for name in FORMATS:
            path = file_of(view, name, self._folder)
            outcome = self._outcomes.get(path)
            is_expected = outcome is not None and outcome.state in ("drawn", "unchanged", "out of date")
            if is_expected or (path.is_file() and (outcome is None or outcome.state != "removed")):
                yield name

    def _stale_formats(self, figures: Sequence[FigureTarget]) -> None:
        """Report files in other formats. They stay, since the options they were drawn with are not known."""
        state: State = "out of date" if self._request.check else "stale"
        for figure in figures:
            for name, path in stale_formats(figure, self._formats, self._folder):
                if path not in self._outcomes:
                    reason = f"drawn before the model or the settings changed; --format {name} draws it again"
                    self._report(path, figure.view.identifier, state, reason)

    def _orphans(self) -> None:
        if self._request.views and not self._request.prune:
            return
        for path in orphaned_files(self._folder, {view.file_name for view in self._all_views}):
            if self._request.check:
                self._report(path, None, "out of date", "its view no longer exists; --prune removes it")
            elif self._request.prune:
                remove(path)
                self._report(path, None, "removed", "its view no longer exists")
            else:
                self._report(path, None, "orphaned", "its view no longer exists")

    def _report_target(self, target: Target, state: State, reason: str = "", warning: str = "") -> None:
        self._report(target.path, target.figure.view.identifier, state, reason, warning)

    def _report(
        self, path: Path, view: str | None, state: State, reason: str = "", warning: str = ""
    ) -> None:
        outcome = self._outcomes[path] = Outcome(path, view, state, reason, warning)
        self._progress.done(outcome)

    def _position(self, outcome: Outcome) -> tuple[int, str]:
        order = {view.identifier: number for number, view in enumerate(self._views)}
        return order.get(outcome.view or "", len(order)), outcome.path.name


def _is_large(figure: FigureTarget) -> bool:
    """Whether the layout of a figure takes too long because of its size."""
    return len(figure.diagram.nodes) > _LARGE or len(figure.diagram.edges) > _LARGE
