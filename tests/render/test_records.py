"""The records of figures cross from process to process."""

import copy
import pickle
from pathlib import Path

import pytest

from codeable.diagrams import FigureOptions, build, style_named, views
from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.render import Outcome, RenderReport, RenderRequest
from codeable.render.files import InTheWayError
from codeable.render.fingerprints import Mark

REPORT = RenderReport((Outcome(Path("a.svg"), "a", "drawn", "missing", ("too small",)),))


@pytest.mark.parametrize(
    "record",
    [
        REPORT,
        RenderRequest(out=Path("out"), figure={"wrap": 12}),
        Mark(name="a", source="0" * 24, content="1" * 24, default_digest="2" * 24, undrawn=("3" * 24,)),
        FigureOptions(wrap=12),
        style_named("paper"),
    ],
    ids=lambda record: type(record).__name__,
)
def test_a_record_is_the_same_after_pickling_and_copying(record: object) -> None:
    assert pickle.loads(pickle.dumps(record)) == record
    assert copy.deepcopy(record) == record


def test_a_diagram_is_the_same_after_pickling(study: Path) -> None:
    registry = load_folder(study)
    for view in views(registry):
        diagram = build(view, registry)
        assert pickle.loads(pickle.dumps(diagram)) == diagram


def test_an_error_is_the_same_after_pickling() -> None:
    error = pickle.loads(pickle.dumps(InTheWayError("this is a link", exit_status=2)))
    assert (type(error), error.message, error.exit_status) == (InTheWayError, "this is a link", 2)


def test_a_request_takes_a_folder_as_a_text_and_refuses_a_text_where_names_are() -> None:
    assert RenderRequest(out="figures").out == Path("figures")
    with pytest.raises(CodeableError, match=r"out must be the path of a folder, not 3"):
        RenderRequest(out=3)  # type: ignore[arg-type]
    with pytest.raises(CodeableError, match=r"views must be a list of texts, as in \['overview'\]"):
        RenderRequest(views="overview")
