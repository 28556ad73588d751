"""What follows from one fault is reported once, at its place; in notes, and in a study built from them."""

from pathlib import Path

import pytest

from codeable.checks import Diagnostic, check
from codeable.loading import load_folder
from codeable.notes import read_text
from codeable.notes.build import apply, build
from codeable.notes.files import notes_of_study
from tests.checks.cases import codes, in_notes, note, reported

BOTH = """\
how = CClass(decision, "How?")
a = CClass(practice, "A")
b = CClass(practice, "B")
add_decision_option_link(how, a, "Do A")
add_decision_option_link(how, b, "Do B")
"""
ONE = 'd = CClass(decision, "D?")\nadd_decision_option_link(d, a, "A")\n'


def after_a_build(tmp_path: Path, *texts: str) -> list[Diagnostic]:
    """The diagnostics of a study that is built from notes, with the notes beside."""
    notes = [read_text(text, f"s_{number}.md") for number, text in enumerate(texts, 7)]
    apply(build(notes, tmp_path).changes, tmp_path)
    return list(check(notes, load_folder(tmp_path)).diagnostics)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("statements", "code"),
    [
        ('c = CClass(practice, "C")\nadd_decision_option_link(other_question, c, "Do C")', "C403"),
        ('f = CClass(force, "F")\nadd_force_relations({service_mesh: {f: positive}})', "C404"),
        ('d = CClass(decision, "D?")\nadd_decision_option_link(d, service_mesh, "Mesh")', "C401"),
        (
            ONE + 'add_decision_option_link(d, service_mesh, "Mesh")',
            "C402",
        ),
    ],
)
def test_what_an_undeclared_code_takes_away_is_no_fault_of_what_is_left(
    statements: str, code: str, tmp_path: Path
) -> None:
    texts = [note(BOTH + statements)]
    assert "C301" in codes(after_a_build(tmp_path, *texts))
    assert code not in codes(after_a_build(tmp_path, *texts))
    assert code not in codes(in_notes(*texts))


def test_a_second_identifier_of_an_option_is_reported_as_such_only(tmp_path: Path) -> None:
    text = note(BOTH + 'old_a = CClass(practice, "A")')
    built = after_a_build(tmp_path, text)
    for found, way in (
        (in_notes(text), '[tool.codeable.renames] a = "old_a"'),
        (built, "codeable merge a --into old_a"),
    ):
        assert "C403" not in codes(found)
        (one,) = [each for each in found if each.code == "C303"]
        assert way in str(one.suggestion)


def test_a_source_whose_codes_are_lost_is_not_called_empty() -> None:
    found = in_notes(
        note(BOTH),
        note("add_links({s8: [a b, how]}, role_name='contained_code')", number=8),
        note("add_links({s7: [a]}, role_name='contained_code')", number=9),
        note("unknown_code", number=10),
    )
    assert "C408" not in codes(found)


def test_a_list_that_cannot_be_read_costs_each_of_its_codes() -> None:
    found = in_notes(note(BOTH), note("add_links({s8: [a b, how]}, role_name='contained_code')", number=8))
    (one,) = [each for each in found if each.code == "C101"]
    assert [loss.what for loss in one.loses] == ["a", "b", "how"]


def test_the_name_of_a_link_that_is_the_name_of_a_code_is_reported_at_the_link() -> None:
    found = in_notes(note(BOTH + "b = a.add_links(b, role_name='to', stereotype_instances=uses)[0]"))
    assert "'b' is the name of a link here" in "".join(reported(found, "C302"))
    assert "C111" not in codes(found)


def test_a_source_is_not_lost_with_its_declaration() -> None:
    text = note(BOTH).replace(
        "# coding", "**AXIAL CODING TRACE:**\n```python\ns7 = CClass(source,, 's7', [)\n```\n# coding"
    )
    (one,) = [each for each in in_notes(text) if each.code == "C101"]
    assert [loss.kind for loss in one.loses] == ["statement"]


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ('a.add_links(b, role_name="next decision")', "'b' is a practice, used here as a next decision"),
        ('how.add_links(a, role_name="next decision")', "'a' is a practice, used here as a next decision"),
        ('a.add_links(f, role_name="to")', "'f' is a force, used here as the end of a relation"),
        ('f.add_links(a, role_name="to")', "'f' is a force, used here as the start of a relation"),
    ],
)
def test_ends_of_relations_are_codes_of_the_right_kind(link: str, message: str) -> None:
    found = in_notes(
        note(f'{BOTH}f = CClass(force, "F")\nadd_force_relations({{a: {{f: positive}}}})\n{link}')
    )
    assert message in "".join(reported(found, "C306"))
    assert "C111" not in codes(found)


@pytest.mark.parametrize(
    "link", ['a.add_links(how, role_name="next decision")', 'a.add_links(b, role_name="to")']
)
def test_relations_between_the_right_kinds_are_no_fault(link: str) -> None:
    assert "C306" not in codes(in_notes(note(BOTH + link)))


def test_a_name_beside_another_one_in_a_statement_is_not_proposed_for_it() -> None:
    found = in_notes(note('client_library = CClass(practice, "Client Library", superclasses=library)'))
    assert "client_library" not in str(next(one for one in found if one.code == "C301").suggestion)


def test_a_build_of_two_coders_is_no_difference_between_notes_and_model(tmp_path: Path) -> None:
    texts = {
        "anna": note(BOTH),
        "ben": note(BOTH.replace("How?", "What?").replace('practice, "A"', 'pattern, "A"')),
    }
    for coder, text in texts.items():
        (tmp_path / "notes" / coder).mkdir(parents=True)
        (tmp_path / "notes" / coder / "s_7.md").write_text(text)
    coders = '[tool.codeable.coders]\nanna = "notes/anna"\nben = "notes/ben"\n'
    (tmp_path / "pyproject.toml").write_text(coders)
    empty = load_folder(tmp_path)
    notes = notes_of_study(tmp_path, empty.settings)
    assert [one.coder for one in notes] == ["anna", "ben"]
    apply(build(notes, tmp_path).changes, tmp_path)
    built = load_folder(tmp_path)
    assert set(codes(list(check(notes, built).diagnostics))) == {"C413"}


def test_a_declaration_that_is_left_out_is_no_unreached_solution() -> None:
    found = in_notes(note(BOTH + 'c = CClass(solution, "C")'))
    assert "C111" in codes(found)
    assert "C403" not in codes(found)


def test_a_source_that_an_open_trace_names_is_no_undeclared_code() -> None:
    found = in_notes(note(BOTH, coding="**OPEN CODING TRACE:**\n\nAs in s_12 and p_3; see load_balancer."))
    assert ["load_balancer" in line for line in reported(found, "C301")] == [True]


def test_solution_and_force_that_are_exchanged_are_reported_once() -> None:
    found = in_notes(note(f'{BOTH}f = CClass(force, "F")\nadd_force_relations({{f: {{a: positive}}}})'))
    (one,) = [each for each in found if each.code == "C306"]
    assert one.message == "'f' is a force, and 'a' is a practice: they are exchanged"
    assert one.suggestion == "write a: {f: positive}"
    assert len(one.loses) == 1
