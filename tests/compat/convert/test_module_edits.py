"""Statements that `convert` takes out of a module leave every other byte, and every comment."""

import ast

import pytest

from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_reader import parse


def without(tmp_path, text, *names):
    """The text of a module without the assignments to these names."""
    path = tmp_path / "m.py"
    path.write_bytes(text.encode())
    edits = ModuleEdits.read(path, "m")
    for statement in edits.statements():
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in names:
                edits.taken_out.add(statement)
    new = edits.encoded().decode()
    parse(new)
    return new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a = 1\nb = 2\n", "b = 2\n"),
        ("b = 2\na = 1", "b = 2\n"),
        ("a = 1; b = 2\n", "b = 2\n"),
        ("b = 2; a = 1\n", "b = 2\n"),
        ("b = 2; a = 1;\n", "b = 2;\n"),
        ("x = 0; a = 1; b = 2  # memo\n", "x = 0; b = 2  # memo\n"),
        ("a = 1; a = 2; b = 2; a = 3\n", "b = 2\n"),
        ("b = 2; a = 1; a = 2  # memo\n", "b = 2  # memo\n"),
        ("a = 1; a = 2  # memo\nb = 2\n", "# memo\nb = 2\n"),
        ("if 1: a = 1\n", "if 1: pass\n"),
        ("if 1: a = 1; a = 2  # memo\n", "if 1: pass  # memo\n"),
        ("if 1: b = 1; a = 2\n", "if 1: b = 1\n"),
        ("if 1: a = 1; b = 2\n", "if 1: b = 2\n"),
        ("if 1:\n    a = 1  # memo\nelse:\n    b = 2\n", "if 1:\n    # memo\n    pass\nelse:\n    b = 2\n"),
        ("def f():\n\ta = 1\n\ta = 2\n", "def f():\n\tpass\n"),
        ("a = [  # one\n    1,\n    # two\n]  # three\nb = 2\n", "# one\n# two\n# three\nb = 2\n"),
        ("\x0ca = 1\n\x0c\nb = 2\n", "\x0c\nb = 2\n"),
        ('a = """\n# no memo\n"""\nb = 2\n', "b = 2\n"),
        ("é = 'é'; a = 'é'; b = 'é'\r\na = 1\r\nb = 2", "é = 'é'; b = 'é'\r\nb = 2"),
        (
            "try:\n    a = 1\nexcept E: a = 2\nfinally:\n    a = 3\n",
            "try:\n    pass\nexcept E: pass\nfinally:\n    pass\n",
        ),
        (
            "match x:\n    case 1: a = 1\n    case _:\n        a = 1\n",
            "match x:\n    case 1: pass\n    case _:\n        pass\n",
        ),
        ("class K: a = 1\n", "class K: pass\n"),
        ("b = 2\n\n\na = 1\n\na = 2\n\n\nb = 3\n", "b = 2\n\n\nb = 3\n"),
        ("b = 2\n\na = 1\n\n\na = 2\n\na = 3\n\n\nb = 3\n", "b = 2\n\n\nb = 3\n"),
        ("b = 2\na = 1\n\na = 2\nb = 3\n", "b = 2\nb = 3\n"),
    ],
)
def test_a_statement_goes_and_nothing_else(old, new, tmp_path):
    assert without(tmp_path, old, "a") == new


def test_statements_are_added_before_and_behind_others(tmp_path):
    path = tmp_path / "m.py"
    path.write_text("if 1:\n    a = 1  # memo\nif 1: b = 1\nc = 1; d = 1\n@e\ndef f(): pass\n")
    edits = ModuleEdits.read(path, "m")
    for statement in edits.statements():
        if not isinstance(statement, ast.If | ast.Pass):
            edits.put_before(statement, "x")
        if isinstance(statement, ast.Assign):
            edits.add_after(statement, "y")
    assert edits.encoded().decode() == (
        "if 1:\n    x\n    a = 1  # memo\n    y\nif 1: x; b = 1; y\nx\nc = 1; y; x; d = 1; y\n"
        "x\n@e\ndef f(): pass\n"
    )
