"""`codeable convert`: the new study says the same as the old one."""

import pytest

from codeable.compat.convert import convert
from codeable.compat.convert.comparing import text_of_view
from codeable.compat.convert.old_study import load_old_study
from codeable.loading import load_folder
from tests.compat.run.test_run import STUDIES

ALL = ["one_module", "in_packages", "own_coding"]


@pytest.fixture(scope="module", params=ALL)
def pair(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("converted") / request.param
    convert(STUDIES / request.param, out)
    return load_old_study(STUDIES / request.param).registry, load_folder(out), request.param, out


def test_identifiers_kinds_and_display_names_are_the_same(pair):
    old, new, _, _ = pair
    facts = [
        {(each.identifier, each.aliases, each.kind, each.element.name) for each in registry.declarations}
        for registry in (old, new)
    ]
    assert facts[0]
    assert facts[0] <= facts[1]
    assert all(each[2] == "bundle" for each in facts[1] - facts[0])  # those that were called `_all`


@pytest.mark.parametrize(
    "collection",
    ["sources", "references", "decisions", "practices", "patterns", "forces", "categories"],
)
def test_collections_are_the_same(pair, collection):
    old, new, _, _ = pair
    assert [str(each) for each in getattr(old, collection)] == [
        str(each) for each in getattr(new, collection)
    ]


def test_every_code_has_the_same_evidence_in_the_same_order(pair):
    old, new, name, _ = pair
    found = {
        old.identifier_of(code): [str(each) for each in code.get_linked(role_name="evidence")]
        for code in old.codes
    }
    assert found == {
        identifier: [str(each) for each in new[identifier].get_linked(role_name="evidence")]
        for identifier in found
    }
    assert any(found.values()) == (name != "one_module")


def test_every_source_has_the_same_values(pair):
    old, new, _, _ = pair
    for source in old.sources:
        assert new[old.identifier_of(source)].values == source.values


def test_options_keep_their_texts(pair):
    old, new, _, _ = pair
    for decision in old.decisions:
        options = [[(str(o.solution), o.text) for o in r.options_of(str(decision))] for r in (old, new)]
        assert options[0] == options[1] != []


def test_impacts_stay(pair):
    old, new, _, _ = pair
    found = [
        [(str(s), str(i.force), i.impact) for s in registry.solutions for i in registry.forces_of(s)]
        for registry in (old, new)
    ]
    assert found[0] == found[1] != []


@pytest.mark.parametrize("text_format", ["older", "current"])
def test_every_view_has_the_same_text(pair, text_format):
    old, new, _, _ = pair
    assert len(old.bundles) > 0
    for bundle in old.bundles:
        text = text_of_view(bundle, text_format)
        assert text.startswith("@startuml")
        assert text_of_view(new[old.identifier_of(bundle)], text_format) == text


def test_views_without_an_identifier_get_one_and_come_along(pair):
    old, new, name, _ = pair
    before, after = ([str(each) for each in registry.bundles] for registry in (old, new))
    added = {"one_module": ["All of the API guidance"], "in_packages": ["All"], "own_coding": []}[name]
    assert sorted(after) == sorted([*before, *added])


def test_nothing_differs(pair, tmp_path):
    _, _, name, _ = pair
    assert convert(STUDIES / name, tmp_path / "new").differences == ()


def test_converting_twice_gives_the_same_bytes(tmp_path):
    for name in ("first", "second"):
        convert(STUDIES / "in_packages", tmp_path / name)
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("first", "second")
    )
    assert first == second
