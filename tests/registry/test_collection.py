"""A collection is found by name and by position, and shows itself as a table."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.loading import load_folder
from codeable.registry import Collection, Registry
from codeable.registry.table import Table
from codeable.terminal import cell_len
from tests.studies import write_study

HOSTILE = '<script>alert("x")</script>\x1b[31m & \n second line'


@pytest.fixture
def practices(tmp_path: Path) -> Collection:
    return load_folder(write_study(tmp_path)).practices


def collection_of(*names: str) -> Collection:
    namespace: dict[str, object] = {"names": names}
    exec("from codeable.dsl import *\nmade = [CClass(practice, name) for name in names]", namespace)
    return Registry.of(namespace).practices


class TestAsASequence:
    def test_iteration_length_positions_and_slices(self, practices: Collection) -> None:
        k8s, versioning = practices
        assert len(practices) == 2
        assert (practices[0], practices[-1]) == (k8s, versioning)
        assert list(practices[1:]) == [versioning]
        assert isinstance(practices[1:], Collection)
        assert list(reversed(practices)) == [versioning, k8s]
        assert practices.index(versioning) == 1

    def test_a_position_that_is_not_there_is_reported(self, practices: Collection) -> None:
        with pytest.raises(IndexError, match="there is no position 7 among 2 practices"):
            practices[7]

    def test_an_empty_collection_is_false(self) -> None:
        assert not collection_of()


class TestAsAMapping:
    def test_elements_are_found_by_identifier_and_display_name(self, practices: Collection) -> None:
        assert practices["k8s"] is practices["K8s"] is practices[0]

    def test_names_and_elements_are_contained(self, practices: Collection) -> None:
        assert "k8s" in practices
        assert practices[0] in practices
        assert "orchestration" not in practices
        assert 3 not in practices

    def test_keys_values_and_items_are_in_order(self, practices: Collection) -> None:
        assert practices.keys() == practices.names == ["k8s", "versioning"]
        assert practices.values() == list(practices)
        assert dict(practices.items())["k8s"] is practices[0]

    def test_get_has_a_default(self, practices: Collection) -> None:
        assert practices.get("K8s") is practices[0]
        assert practices.get("nothing", 3) == 3

    def test_a_name_of_another_kind_is_unknown_with_the_nearest_of_this_kind(
        self, practices: Collection
    ) -> None:
        with pytest.raises(
            KeyError, match=r"none of the practices has the .* 'versionin'; did you mean 'versioning"
        ):
            practices["versionin"]

    def test_completion_offers_identifiers_and_display_names(self, practices: Collection) -> None:
        assert practices._ipython_key_completions_() == ["k8s", "versioning", "K8s", "Versioning"]


class TestAsATable:
    def test_the_text_has_aligned_columns(self, practices: Collection) -> None:
        assert repr(practices).splitlines() == [
            "2 practices",
            "  identifier  name        option of  evidence",
            "  k8s         K8s                 1         2",
            "  versioning  Versioning          1         1",
        ]

    def test_each_kind_has_its_own_columns(self, tmp_path: Path) -> None:
        registry = load_folder(write_study(tmp_path))
        assert repr(registry.sources).splitlines()[1:3] == [
            "  identifier  name  title                 codes",
            "  s6          s6    The Definitive Guide      3",
        ]
        assert repr(registry.decisions).splitlines()[1].split() == [
            "identifier",
            "name",
            "options",
            "evidence",
        ]
        assert repr(registry.forces).splitlines()[1].split() == ["identifier", "name", "impacts", "evidence"]

    def test_an_empty_collection_is_one_line(self) -> None:
        assert repr(collection_of()) == "0 practices"

    def test_a_long_collection_is_cut_and_counted(self) -> None:
        lines = repr(collection_of(*(f"practice {i}" for i in range(500)))).splitlines()
        assert len(lines) < 60
        assert lines[-1] == "  ... and 460 more"

    def test_a_long_name_is_cut(self) -> None:
        assert max(map(len, repr(collection_of("x" * 5000)).splitlines())) < 110

    def test_control_characters_do_not_reach_the_terminal(self) -> None:
        shown = repr(collection_of(HOSTILE))
        assert "\x1b" not in shown
        assert len(shown.splitlines()) == 3

    def test_wide_letters_are_aligned(self) -> None:
        lines = repr(collection_of("数据", "ab")).splitlines()[2:]
        assert [cell_len(line) for line in lines] == [cell_len(lines[0])] * 2

    def test_the_html_is_escaped(self) -> None:
        shown = collection_of(HOSTILE)._repr_html_()
        assert "<script" not in shown
        assert "&lt;script&gt;" in shown

    def test_the_html_names_the_rows_that_are_left_out(self) -> None:
        assert "<p>and 60 more</p>" in collection_of(*map(str, range(100)))._repr_html_()


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells and "tbody" in self.tags:
            self.cells[-1] += data


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_every_text_comes_through_html_as_that_text(text: str) -> None:
    parser = _Texts()
    parser.feed(Table("t", ("a",), ((text,),)).as_html())
    assert parser.tags <= {"div", "p", "b", "table", "thead", "tbody", "tr", "th", "td"}
    assert parser.cells[0].rstrip("\n") == text
