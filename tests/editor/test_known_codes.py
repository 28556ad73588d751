"""What is known of a code by name: of the model, of the notes and of the modules."""

import codeable
from codeable.editor.study.known_codes import CodesByName
from codeable.names.modules import Module
from codeable.notes import read_text
from codeable.notes.model import FieldNote


def note(number: int, *statements: str) -> FieldNote:
    lines = "\n".join(statements)
    head = f"# s {number}\n## title\nTitle {number}\n# coding\n> One.\n\n**AXIAL CODING TRACE:**\n"
    return read_text(f"{head}``` python\n{lines}\n```\n", f"sources/s_{number}.md")


NOTES = [
    note(10, 'bus = CClass(pattern, "Event Bus")', 'how = CClass(decision, "How?")'),
    note(2, "old_bus", 'add_decision_option_link(how, bus, "x")', "nothing"),
]


def test_notes_say_kind_display_name_sources_and_decisions_of_a_code() -> None:
    known = CodesByName().of(None, NOTES, [], {"old_bus": "bus"})
    bus = known["bus"]
    assert (bus.kind, bus.name, bus.sources, bus.decisions) == (
        "pattern",
        "Event Bus",
        ("s2", "s10"),
        ("how",),
    )
    assert (known["s2"].kind, known["s2"].name) == ("source", "Title 2")
    assert "nothing" not in known
    assert bus.module is None


def test_a_module_says_where_a_code_is_declared_also_while_it_is_no_python() -> None:
    codes = CodesByName()
    module = Module("models/a.py", "bus = CClass(design_solution, 'Bus')")
    assert codes.of(None, [], [module], {})["bus"].kind == "solution"
    broken = Module("models/a.py", "bus = CClass(design_solution, 'Bus'")
    assert codes.of(None, NOTES, [broken], {})["bus"].module == "models/a.py"


def test_the_model_counts_before_the_notes_and_a_changed_note_is_read_again() -> None:
    from codeable import dsl

    bus = dsl.CClass(dsl.practice, "Bus")
    one = dsl.CClass(dsl.source, "s1", values={"title": "First"})
    dsl.add_links({one: [bus]}, role_name="contained_code")
    study = codeable.Study.of({"bus": bus, "s1": one})
    codes = CodesByName()
    known = codes.of(study, NOTES, [], {})
    assert (known["bus"].kind, known["bus"].sources, known["bus"].in_model) == (
        "practice",
        ("s1", "s2", "s10"),
        True,
    )
    assert known["s1"].name == "First"
    changed = [NOTES[0], note(2, "how")]
    again = codes.of(study, changed, [], {})
    assert again["bus"].sources == ("s1", "s10")
    assert again == CodesByName().of(study, changed, [], {})
