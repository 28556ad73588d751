"""Elements refuse to be copied and pickled: a copy would share the relations of the original."""

import copy
import pickle
from collections.abc import Callable

import pytest

from codeable.errors import CodeableError
from codeable.kernel import CAttribute, CBundle, CClass, CEnum, CObject, CStereotype

WAYS = {"copy": copy.copy, "deepcopy": copy.deepcopy, "pickle": pickle.dumps}


def one_of_each(words) -> dict[str, object]:
    versioning = CClass(words.practice, "Versioning")
    s4 = CClass(words.source, "s4")
    return {
        "metaclass": words.practice,
        "association": words.contains,
        "stereotype": CStereotype("Seen", extended=words.practice),
        "class": versioning,
        "class object": versioning.class_object,
        "object": CObject(versioning, "orders"),
        "link": s4.add_links(versioning, role_name="contained_code")[0],
        "enumeration": CEnum("Impact", values=["+", "-"]),
        "bundle": CBundle("view", elements=versioning),
        "attribute": words.source.get_attribute("title"),
        "free attribute": CAttribute(type=str),
    }


KINDS = (
    "metaclass", "association", "stereotype", "class", "class object", "object", "link", "enumeration",
    "bundle", "attribute", "free attribute",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_element_refuses_and_says_what_to_do_instead(
    words, kind: str, way: Callable[[object], object]
) -> None:
    element = one_of_each(words)[kind]
    says = r"cannot be copied or pickled.*make another C\w+ instead.*identifier"
    with pytest.raises(TypeError, match=says) as caught:
        way(element)
    assert isinstance(caught.value, CodeableError)


def test_the_message_names_the_element_and_where_it_was_made(words) -> None:
    versioning = CClass(words.practice, "Versioning")
    with pytest.raises(TypeError, match=r"class 'Versioning' of Practice \(.*test_copies.py:\d+\)"):
        copy.deepcopy({"codes": [versioning]})


def test_a_refused_copy_leaves_the_original_as_it_was(words) -> None:
    versioning, s4 = CClass(words.practice, "Versioning"), CClass(words.source, "s4")
    links = s4.add_links(versioning, role_name="contained_code")
    for way in WAYS.values():
        with pytest.raises(TypeError):
            way(s4)
    assert (s4.links, versioning.links, words.source.classes) == (links, links, [s4])
