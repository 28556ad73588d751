"""The main job: bring the files of a study's figures up to date, or tell which are not."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from codeable.diagrams import View
from codeable.engines import EngineError, EngineTimeoutError
from codeable.errors import CodeableError
from codeable.files import remove_left_over_files, shown_path
from codeable.registry import Registry
from codeable.render.files import (
    NOT_OURS,
    InTheWayError,
    Target,
    check_folder,
    old_bytes,
    remembered,
    save,
    stale_formats,
    superfluous_files,
    text_target,
    why_stale,
)
from codeable.render.fingerprints import Mark, marked
from codeable.render.page import HEAD, PAGE, page_text
from codeable.render.report import TEXT_FORMATS, Outcome, RenderReport, RenderRequest, State
from codeable.render.targets import (
    WIDEST_PIXELS,
    Figure,
    all_views,
    asked_views,
    check_formats,
    engine_name,
    figure_of,
    how_to_split,
)

_LARGE = 150

__all__ = ["Progress", "output_folder", "render"]


class Progress(Protocol):
    """Who watches the job."""

    def begin(self, pictures: int) -> None:
        """That many pictures are about to be drawn; called once, also for none."""

    def done(self, outcome: Outcome) -> None:
        """One file is finished."""


class _Silent:
    def begin(self, pictures: int) -> None: ...

    def done(self, outcome: Outcome) -> None: ...


def render(registry: Registry, request: RenderRequest, progress: Progress | None = None) -> RenderReport:
    """Write the figures of a study; files that are up to date are not touched.

    Args:
        registry: The study.
        request: What to draw, where, and how.
        progress: Is told of each file as it is finished.

    Returns:
        What became of each file. A view that fails is reported there, and the others are drawn.

    Raises:
        CodeableError: Something is asked for that does not exist, or the folder cannot be written.
    """
    return _Job(registry, request, progress or _Silent()).run()


def output_folder(registry: Registry, request: RenderRequest) -> Path:
    """Where the files go: the folder asked for, else the one that the settings name."""
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
        self._views = asked_views(self._all_views, request.views)
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
                self._note(target, "out of date", why_stale(target) or "")
        else:
            self._draw(pictures)
            self._texts([figure for figure in figures if figure.view.identifier in self._undrawn])
        self._other_formats(figures)
        if not self._request.views:
            self._page()
        self._superfluous()
        return RenderReport(tuple(sorted(self._outcomes.values(), key=self._position)))

    def _figures(self) -> Iterator[Figure]:
        for view in self._views:
            try:
                yield figure_of(self._registry, view, self._request, self._engine)
            except CodeableError as error:
                if error.exit_status == 2:
                    raise
                self._fail(view, error.message)

    def _stale_pictures(self, figure: Figure) -> Iterator[Target]:
        formats = [name for name in self._formats if name not in TEXT_FORMATS]
        if not formats:
            return
        drawing = figure.drawing()
        old = remembered(self._folder / f"{figure.view.file_name}.puml", "puml")
        for name in formats:
            path = self._folder / f"{figure.view.file_name}.{name}"
            target = Target(figure, name, path, figure.source(name, drawing), drawing=drawing)
            reason = figure.too_large()
            try:
                stale = why_stale(target)
                if reason is not None:
                    self._too_large(target, reason)
                elif stale is None:
                    self._note(target, "unchanged")
                elif self._is_remembered(target, old):
                    self._undrawable(target, "it was too large when it was laid out last; --view tries again")
                else:
                    yield target
            except InTheWayError as error:
                self._note(target, "failed", error.message)

    def _texts(self, figures: Sequence[Figure]) -> None:
        for figure in figures:
            undrawn = self._undrawn.get(figure.view.identifier)
            formats = [name for name in self._formats if name in TEXT_FORMATS]
            if undrawn is not None and "puml" not in formats:
                formats.append("puml")
            for name in formats:
                target = text_target(figure, name, self._folder, tuple(undrawn or ()))
                try:
                    self._text(target)
                except InTheWayError as error:
                    self._note(target, "failed", error.message)

    def _text(self, target: Target) -> None:
        reason = why_stale(target)
        if reason is None:
            if target.path not in self._outcomes:
                self._note(target, "unchanged")
        elif self._request.check:
            self._note(target, "out of date", reason)
        else:
            assert target.data is not None
            save(target.path, target.data)
            self._note(target, "drawn", reason)

    def _draw(self, targets: Sequence[Target]) -> None:
        if not targets:
            return
        from codeable.render.engine_run import drawn

        with contextlib.closing(drawn(targets, self._registry, self._request)) as results:
            for target, result, told in results:
                if isinstance(result, EngineTimeoutError) and _is_large(target.figure):
                    self._undrawable(target, result.problem)
                elif isinstance(result, EngineError):
                    self._note(target, "failed", result.message)
                else:
                    self._picture(target, result.data, told)

    def _picture(self, target: Target, data: bytes, told: str) -> None:
        from codeable.render.sizes import picture_size

        size = picture_size(data, target.file_format)
        if size is not None and max(size) > WIDEST_PIXELS:
            self._undrawable(target, f"the picture would be wider or higher than {WIDEST_PIXELS:,} pixels")
            return
        reason = why_stale(target) or ""
        figure, file_format = target.figure, target.file_format
        save(target.path, marked(data, file_format, figure.view.file_name, target.source, figure.basis))
        self._note(target, "drawn", reason, told)

    def _is_remembered(self, target: Target, text: Mark | None) -> bool:
        """Whether the text says that this picture is too large; a view that is asked for is tried again."""
        is_asked_for = bool(self._request.views) and not self._request.check
        return text is not None and target.source in text.undrawn and not is_asked_for

    def _undrawable(self, target: Target, reason: str) -> None:
        """That a picture is too large may be known only when it is laid out, so its text remembers it."""
        self._undrawn.setdefault(target.figure.view.identifier, []).append(target.source)
        self._too_large(target, f"{reason}; {how_to_split(target.figure)}")

    def _too_large(self, target: Target, reason: str) -> None:
        """Such a view gets its text, also when only a picture was asked for."""
        self._undrawn.setdefault(target.figure.view.identifier, [])
        if old_bytes(target.path) is None:
            self._note(target, "too large", reason)
        elif self._request.check:
            self._note(target, "out of date", f"{reason}; --prune removes the old picture")
        elif self._request.prune:
            target.path.unlink(missing_ok=True)
            self._note(target, "removed", reason)
        else:
            self._note(target, "too large", f"{reason}; --prune removes the old picture")

    def _page(self) -> None:
        path = self._folder / PAGE
        files = {view.identifier: tuple(self._present(view)) for view in self._all_views}
        data = page_text(self._registry, self._all_views, files).encode("utf-8", "replace")
        try:
            old = old_bytes(path)
        except InTheWayError as error:
            self._tell(Outcome(path, None, "failed", error.message))
            return
        if old is not None and old.strip() and not old.startswith(HEAD.encode()):
            self._tell(Outcome(path, None, "failed", NOT_OURS))
        elif old is not None and old.replace(b"\r\n", b"\n") == data:
            self._tell(Outcome(path, None, "unchanged"))
        elif self._request.check:
            reason = "missing" if old is None else "the model changed or it was edited"
            self._tell(Outcome(path, None, "out of date", reason))
        else:
            save(path, data)
            self._tell(Outcome(path, None, "drawn"))

    def _present(self, view: View) -> Iterable[str]:
        """The formats of a view's files, once this job is done."""
        for name in (*TEXT_FORMATS, "svg", "pdf", "png", "eps"):
            path = self._folder / f"{view.file_name}.{name}"
            outcome = self._outcomes.get(path)
            is_expected = outcome is not None and outcome.state in ("drawn", "unchanged", "out of date")
            if is_expected or (path.is_file() and (outcome is None or outcome.state != "removed")):
                yield name

    def _other_formats(self, figures: Sequence[Figure]) -> None:
        """Tell of files in formats that were drawn once; with which options is not known, so they stay."""
        state: State = "out of date" if self._request.check else "stale"
        for figure in figures:
            for name, path in stale_formats(figure, self._formats, self._folder):
                if path not in self._outcomes:
                    reason = "drawn before the model or the settings changed"
                    reason = f"{reason}; --format {name} draws it again"
                    self._tell(Outcome(path, figure.view.identifier, state, reason))

    def _superfluous(self) -> None:
        if self._request.views and not self._request.prune:
            return
        for path in superfluous_files(self._folder, {view.file_name for view in self._all_views}):
            if self._request.check:
                reason = "its view no longer exists; --prune removes it"
                self._tell(Outcome(path, None, "out of date", reason))
            elif self._request.prune:
                _remove(path)
                self._tell(Outcome(path, None, "removed", "its view no longer exists"))
            else:
                self._tell(Outcome(path, None, "superfluous", "its view no longer exists"))

    def _note(self, target: Target, state: State, reason: str = "", warning: str = "") -> None:
        self._tell(Outcome(target.path, target.figure.view.identifier, state, reason, warning))

    def _fail(self, view: View, reason: str) -> None:
        path = self._folder / f"{view.file_name}.{self._formats[0]}"
        self._tell(Outcome(path, view.identifier, "failed", reason))

    def _tell(self, outcome: Outcome) -> None:
        self._outcomes[outcome.path] = outcome
        self._progress.done(outcome)

    def _position(self, outcome: Outcome) -> tuple[int, str]:
        order = {view.identifier: number for number, view in enumerate(self._views)}
        return order.get(outcome.view or "", len(order)), outcome.path.name


def _is_large(figure: Figure) -> bool:
    """Whether it is the figure's size, and no accident, that makes its layout take too long."""
    return len(figure.diagram.nodes) > _LARGE or len(figure.diagram.edges) > _LARGE


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CodeableError(f"{shown_path(path)} cannot be removed: {error.strerror or error}") from error
