"""What `convert` says of two studies: nothing when they say the same, else each difference once, in words."""

import pytest

from codeable.compat.convert.comparing import compare, counts
from codeable.loading import load_folder

MODEL = """\
from codeable.dsl import *
d, e = CClass(decision, "D"), CClass(decision, "E")
a, b = CClass(practice, "A"), CClass(practice, "B")
f = CClass(force, "F")
add_decision_option_link(d, a, "first")
add_decision_option_link(d, b, "second")
add_links({a: f}, role_name="forces", stereotype_instances=positive)
view = CBundle("V", elements=[d, a, b])
"""


@pytest.fixture
def compared(tmp_path):
    def studies(*changes, before=MODEL):
        after = before
        for old, new in changes:
            assert old in after
            after = after.replace(old, new)
        for name, text in (("old", before), ("new", after)):
            (tmp_path / name / "models").mkdir(parents=True)
            (tmp_path / name / "models" / "study.py").write_text(text, encoding="utf-8")
        return compare(load_folder(tmp_path / "old"), load_folder(tmp_path / "new"))

    return studies


def test_two_equal_studies_do_not_differ(compared):
    found = compared()
    assert (found.differences, found.reordered) == ((), ())


def test_an_element_that_is_missing_is_said_once_and_not_its_values_too(compared):
    found = compared(('f = CClass(force, "F")\n', ""), ("add_links({a: f}", "0 and add_links({a: f}"))
    assert found.differences[0] == "the new study lacks 1 force: f"
    assert not any(each.startswith(("values of f", "stereotypes of f")) for each in found.differences)


def test_elements_are_named_by_kind_and_the_first_of_many_only(compared):
    many = "".join(f"p{number} = CClass(practice, 'P{number}')\n" for number in range(20))
    found = compared((many, ""), before=MODEL + many)
    assert found.differences == (
        "the new study lacks 20 practices: p0, p1, p2, p3, p4, p5, p6, p7 and 12 more",
    )


def test_another_display_name_is_a_difference(compared):
    found = compared(('CClass(decision, "E")', 'CClass(decision, "Else")'))
    assert found.differences == ("e: ('decision', 'E') became ('decision', 'Else')",)


def test_an_option_that_is_missing_is_said_with_its_text(compared):
    found = compared(('add_decision_option_link(d, b, "second")\n', ""))
    assert "options of d: without ('b', 'second', None)" in found.differences
    assert "arrows of the view view: 2 became 1" in found.differences


def test_the_description_of_an_option_counts(compared):
    found = compared(('"second")', '"second", option_description="why")'))
    assert "options of d: without ('b', 'second', None) and with ('b', 'second', 'why')" in found.differences


def test_options_in_another_order_are_a_difference(compared):
    lines = MODEL.splitlines(keepends=True)[4:6]
    found = compared(("".join(lines), "".join(reversed(lines))))
    assert any(each.startswith("options of d: in another order: ") for each in found.differences)


def test_another_impact_is_a_difference(compared):
    found = compared(("stereotype_instances=positive", "stereotype_instances=negative"))
    assert "forces of a: without ('f', '+') and with ('f', '-')" in found.differences


def test_elements_of_a_view_are_named(compared):
    found = compared(("elements=[d, a, b]", "elements=[d, a, f]"))
    assert "the view view lacks b" in found.differences
    assert "the view view has also f" in found.differences


def test_a_text_that_differs_is_shown_by_its_first_line_only(compared):
    found = compared(("elements=[d, a, b]", "elements=[d, b, a]"))
    assert [each.partition(", line")[0] for each in found.differences] == [
        "older text of the view view",
        "current text of the view view",
    ]
    assert all(len(each) < 400 for each in found.differences)


@pytest.mark.parametrize("made", ["list({d, a, b})", "[*set([d, a, b])]", "list(frozenset((d, a, b)))"])
def test_elements_from_a_set_are_no_difference_in_whichever_order(compared, made):
    orders = (("elements=[d, a, b]", f"elements=sorted({made}, key=str)[::-1]"),)
    before = MODEL.replace("elements=[d, a, b]", f"elements=sorted({made}, key=str)")
    found = compared((orders[0][1].replace("[::-1]", ""), orders[0][1]), before=before)
    assert found.differences == ()
    assert found.reordered == ("view",)


def test_a_value_of_an_enum_and_the_same_text_are_no_difference(compared):
    kind = (
        "kinds = CEnum('Kinds', values=['x', 'y'])\nthing = CMetaclass('Thing', attributes={'kind': kinds})\n"
    )
    before = MODEL + kind + "t = CClass(thing, 'T', values={'kind': 'x'})\nw = CBundle('W', elements=[t])\n"
    assert compared(("'kind': kinds", "'kind': str"), before=before).differences == ()


def test_elements_that_two_modules_call_the_same_are_compared_each_with_its_own(tmp_path):
    for study, name in (("old", "One"), ("new", "Other")):
        folder = tmp_path / study / "models"
        folder.mkdir(parents=True)
        (folder / "a.py").write_text(f"from codeable.dsl import *\np = CClass(practice, '{name}')\n")
        (folder / "b.py").write_text("from codeable.dsl import *\np = CClass(practice, 'Two')\n")
    found = compare(load_folder(tmp_path / "old"), load_folder(tmp_path / "new"))
    assert found.differences == ("a:p: ('practice', 'One') became ('practice', 'Other')",)


def test_elements_without_a_name_are_told_apart_by_their_order(compared):
    loop = "for text in ('x', 'y'): add_decision_option_link(e, CClass(practice, 'Same'), text)\n"
    found = compared(("('x', 'y')", "('x', 'z')"), before=MODEL + loop)
    assert "options of e: without ('CClass Same (2)', 'y', None) and with ('CClass Same (2)', 'z', None)" in (
        found.differences
    )


def test_the_counts_name_what_a_researcher_counts(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "study.py").write_text(MODEL, encoding="utf-8")
    assert counts(load_folder(tmp_path)) == ("2 decisions, 2 options, 1 force, 1 impact, 1 view")
