"""`codeable convert`: the new study says the same as the old one."""

import pytest

from codeable.compat.convert import convert
from codeable.compat.convert.comparing import text_of_view
from codeable.compat.convert.old_study import load_old_study
from codeable.loading import load_folder
from tests.compat.convert.new_facts import new_facts
from tests.compat.run.test_run import STUDIES

ALL = ["one_module", "in_packages", "own_coding"]


@pytest.fixture(scope="module", params=ALL)
def pair(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("converted") / request.param
    assert convert(STUDIES / request.param, out).differences == ()
    return load_old_study(STUDIES / request.param).registry, load_folder(out), request.param


def test_identifiers_kinds_and_display_names_are_the_same(pair):
    old, new, _ = pair
    facts = [
        {(each.identifier, each.aliases, each.kind, each.element.name) for each in registry.declarations}
        for registry in (old, new)
    ]
    assert facts[0]
    assert facts[0] <= facts[1]
    assert all(each[2] == "bundle" for each in facts[1] - facts[0])  # those that were called `_all`


def test_every_fact_is_the_same(pair):
    old, new, _ = pair
    assert new_facts(old) == new_facts(new)


@pytest.mark.parametrize("text_format", ["older", "current"])
def test_every_view_has_the_same_text(pair, text_format):
    old, new, _ = pair
    assert len(old.bundles) > 0
    for bundle in old.bundles:
        text = text_of_view(bundle, text_format)
        assert text.startswith("@startuml")
        assert text_of_view(new[old.identifier_of(bundle)], text_format) == text


def test_views_without_an_identifier_get_one_and_come_along(pair):
    old, new, name = pair
    before, after = ([str(each) for each in registry.bundles] for registry in (old, new))
    added = {"one_module": ["All of the API guidance"], "in_packages": ["All"], "own_coding": []}[name]
    assert sorted(after) == sorted([*before, *added])
