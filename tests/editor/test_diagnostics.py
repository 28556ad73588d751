"""The diagnostics of an editor are the findings of `codeable check`."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from lsprotocol import types

from codeable.cli.group import cli
from codeable.editor.diagnostics.findings import checked
from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_process import Loader, load_problem
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document, key_of
from tests.editor.study_views import LoaderInThisProcess, LoaderThatFails, open_document, view_of
from tests.studies import SMALL, write_study

ROOT = Path(__file__).parents[2]
NAMES = {1: "error", 2: "warning", 3: "info"}
NOTE = """\
# s
6
## title
🙂 The Definitive Guide 🙂
## author type
Grey literature
# coding

> 🙂 a passage 🙂

**OPEN CODING TRACE:**

Familiar options: k8s, versioning, nothing_known

**AXIAL CODING TRACE:**

```python
'🙂'; add_links({s6: [k8s, 🙂]}, role_name="contained_code")
add_decision_option_link(infrastructure_decision, nowhere, "Nothing")  # codeable: ignore[C301]
add_decision_option_link(infrastructure_decision, elsewhere, "Nothing")  # codeable: ignore[C204] why
```
"""
SETTINGS = """\
[tool.codeable.check]
ignore = ["C502"]
severity = {C301 = "error", C202 = "info"}

[tool.codeable.renames]
kubernetes = "k8s"
nothing = "nobody"
"""


def by_command(*arguments: str) -> list[tuple[object, ...]]:
    """What the command finds: code, severity, message, file, and where it begins and ends in characters."""
    result = CliRunner().invoke(cli, ["check", *arguments, "--format", "json"])
    assert result.output.startswith("{"), result.output
    found = json.loads(result.output)["diagnostics"]
    return sorted(
        (
            each["code"],
            each["severity"],
            each["message"],
            str(Path(each["file"]).resolve()),
            (each["line"], each["column"], each["end_line"], each["end_column"]),
            len(each["related"]),
        )
        for each in found
    )


def by_editor(view: StudyView) -> list[tuple[object, ...]]:
    """What the editor shows, in the same form."""
    report, found = checked(view, lambda: None)
    shown = [(path, each) for path, diagnostics in found.items() for each in diagnostics]
    assert len(shown) == len(report.diagnostics)
    return sorted(diagnostic_record(view.document(path), each) for path, each in shown)


def diagnostic_record(document: Document, one: types.Diagnostic) -> tuple[object, ...]:
    start, end = (document.offset(each) for each in (one.range.start, one.range.end))
    lines = document.lines
    first, last = lines.line_at(start), lines.line_at(end)
    where = (first + 1, start - lines.starts[first] + 1, last + 1, end - lines.starts[last] + 1)
    assert one.severity is not None
    message = one.message.split("\n")[0].partition(" (loses ")[0]
    related = len(one.related_information or ())
    return one.code, NAMES[one.severity.value], message, str(Path(document.path).resolve()), where, related


def as_first_lines(found: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted(
        (code, severity, str(text).split("\n")[0], *others) for code, severity, text, *others in found
    )


@pytest.fixture
def study(tmp_path: Path) -> Path:
    write_study(tmp_path, SMALL)
    (tmp_path / "pyproject.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "sources" / "s_6.md").write_text(NOTE, "utf-8")
    (tmp_path / "sources" / "s_7.md").write_bytes(
        NOTE.replace("6", "7").replace("\n", "\r\n").encode("utf-16")
    )
    return tmp_path


def test_they_are_those_of_the_command_for_a_study(study: Path) -> None:
    expected = as_first_lines(by_command("--study", str(study)))
    assert {"C301", "C108", "C109", "C202", "C307"} <= {str(each[0]) for each in expected}
    assert by_editor(view_of(study)) == expected
    opened = open_document(study, "sources/s_6.md") | open_document(study, "models/infrastructure.py")
    assert by_editor(view_of(study, opened)) == expected


def test_they_are_those_of_the_command_for_a_note_without_a_study(tmp_path: Path) -> None:
    note = tmp_path / "s_6.md"
    note.write_text(NOTE, "utf-8")
    (tmp_path / "template.md").write_text("# s\n\n## title\n\n# coding\n", "utf-8")
    view = EditorStudy(None, Loader(), alone=str(note)).view(open_document(tmp_path, "s_6.md"))
    assert by_editor(view) == as_first_lines(by_command(str(note)))


def test_they_are_those_of_the_command_for_the_study_of_this_repository() -> None:
    assert by_editor(view_of(ROOT)) == as_first_lines(by_command("--study", str(ROOT)))


@pytest.mark.sampled(8)
@pytest.mark.parametrize("seed", range(8))
def test_after_any_edit_they_are_those_of_the_text_as_if_it_were_saved(study: Path, seed: int) -> None:
    """Also while statements are half written, as the editor keeps what it has read."""
    chosen, path = random.Random(seed), study / "sources" / "s_6.md"
    editor_study = EditorStudy(study, LoaderInThisProcess())
    editor_study.load()
    text = NOTE
    pieces = ["k8s", "\n", "```", "🙂", "(", '"', "# coding", "> ", "codeable: ignore[C301]", "\r", "**"]
    for _ in range(5):
        start = chosen.randrange(len(text))
        text = text[:start] + chosen.choice(pieces) + text[start + chosen.randrange(6) :]
        view = editor_study.view({key_of(str(path)): Document.of(str(path), text, 1)})
        shown = by_editor(view)
        path.write_bytes(text.encode())
        assert shown == as_first_lines(by_command("--study", str(study))), text


def test_a_message_says_what_a_build_leaves_out_and_how_to_put_it_right(study: Path) -> None:
    _, found = checked(view_of(study), lambda: None)
    messages = [each.message for each in found[str(study / "sources" / "s_6.md")]]
    lost = "'elsewhere' is used (2 times) but declared nowhere (loses 2 options)\ndeclare it, or take it out"
    assert lost in messages


def test_findings_in_a_module_move_along_while_it_is_edited(study: Path) -> None:
    module = study / "models" / "infrastructure.py"
    before = module.read_text().replace("Versioning", " Versioning")
    module.write_text(before)

    def shown(text: str) -> list[tuple[object, str]]:
        opened = open_document(study, "models/infrastructure.py", text)
        view = view_of(study, opened)
        _, found = checked(view, lambda: None)
        document = view.document(str(module))
        return [
            (each.code, document.text[document.offset(each.range.start) : document.offset(each.range.end)])
            for each in found.get(str(module), ())
        ]

    expected = shown(before)
    assert ("C208", '" Versioning"') in expected
    assert shown(f"# one\n\n# two 🙂\n{before}\nlast = 1\n") == expected
    assert shown(before.replace("\n", "\r\n")) == expected
    assert ("C208", '" Versioning"') not in shown(before.replace('" Versioning"', '" Versionings"'))
    assert shown("") == []


def test_notes_know_at_once_what_an_open_module_declares(study: Path) -> None:
    module = (study / "models" / "infrastructure.py").read_text()
    note = study / "sources" / "s_6.md"
    (study / "sources" / "s_7.md").unlink()
    option = 'add_decision_option_link(infrastructure_decision, elsewhere, "Nothing")'
    note.write_text(f"# s 6\n# coding\n> One.\n\n**AXIAL CODING TRACE:**\n```python\n{option}\n```\n")

    def found(text: str) -> set[tuple[object, str]]:
        view = view_of(study, open_document(study, "models/infrastructure.py", text))
        of_note = checked(view, lambda: None)[1][str(note)]
        return {(one.code, one.message.split("'")[1]) for one in of_note if one.code in ("C111", "C301")}

    assert found(module) == {("C301", "elsewhere")}
    assert found(f'{module}elsewhere = CClass(practice, "Elsewhere")\n') == set()
    renamed = module.replace("infrastructure_decision", "where")
    assert found(renamed) == {("C301", "elsewhere"), ("C301", "infrastructure_decision")}
    assert found(f"{renamed}(") == found(module)


def test_a_study_that_does_not_load_has_the_findings_of_its_notes_alone(study: Path) -> None:
    view = view_of(study, loads=False)
    _, found = checked(view, lambda: None)
    codes = {path: [each.code for each in found[path]] for path in found}
    assert codes[str(study / "pyproject.toml")] == ["load"]
    assert {"C202", "C301"} <= set(codes[str(study / "sources" / "s_6.md")])
    messages = [each.message for each in found[str(study / "sources" / "s_6.md")]]
    assert not any("k8s" in each or "loses" in each for each in messages)
    severities = {each.code: each.severity for each in found[str(study / "sources" / "s_6.md")]}
    assert severities["C202"] is types.DiagnosticSeverity.Information


def test_what_is_wrong_in_the_settings_is_at_its_line(study: Path) -> None:
    settings = study / "pyproject.toml"
    for text, line, message in (
        ("\n[tool.codeable\n", 1, "is not valid TOML: Expected ']' at the end of a table declaration"),
        ("[tool.codeable]\nmodel = 3\n", 1, "[tool.codeable] has no key 'model'; did you mean 'models' or"),
    ):
        settings.write_text(text)
        (problem,) = _found(EditorStudy(study, Loader()), {})[str(settings)]
        assert problem.message.startswith(message)
        assert problem.range.start.line == line


def test_a_merge_conflict_in_a_module_is_that_of_the_command(study: Path) -> None:
    module = study / "models" / "infrastructure.py"
    text = module.read_text()
    module.write_text(f"<<<<<<< a\n{text}=======\n{text}>>>>>>> b\n")
    (conflict,) = by_command("--study", str(study))
    for opened in ({}, open_document(study, "models/infrastructure.py")):
        found = _found(EditorStudy(study, LoaderThatFails()), opened)
        assert [each.code for each in found[str(module)]] == ["C113"]
        assert [each.message for each in found[str(module)]] == [conflict[2]]


def _found(study: EditorStudy, opened: Mapping[str, Document]) -> Mapping[str, list[types.Diagnostic]]:
    study.load()
    return checked(study.view(opened), lambda: None)[1]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("saved", ["x = (\n", "", None])
def test_a_module_that_is_saved_wrong_or_deleted_leaves_the_findings_of_the_last_model(
    saved: str | None, study: Path
) -> None:
    module = study / "models" / "infrastructure.py"
    editor_study = EditorStudy(study, LoaderInThisProcess())
    editor_study.load()
    _, before = checked(editor_study.view({}), lambda: None)
    if saved is None:
        module.unlink()
    else:
        module.write_text(saved)
    _, found = checked(editor_study.view({}), lambda: None)
    note = str(study / "sources" / "s_6.md")
    assert found[note] == before[note] != []


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("[tool.codeable] has no key 'chekc'; did you mean 'check'?", 4),
        ("[tool.codeable] order must be a list", 2),
        ("[tool.codeable.chekc] has no key 'order'", 5),
        ("[tool.codeable.chekc] is not for this", 4),
        ("something else is wrong", 1),
    ],
)
def test_a_message_about_a_key_of_the_settings_is_at_its_line(study: Path, message: str, line: int) -> None:
    file = study / "pyproject.toml"
    file.write_text("[tool.codeable]\norder = 's1'\n\n[tool.codeable.chekc]\norder = [\"a\"]\n", "utf-8")
    view = view_of(study, loads=False)
    view.problem = load_problem(study, f"{file}: {message}")
    (one,) = checked(view, lambda: None)[1][str(file)]
    assert (one.message, one.range.start.line + 1) == (message, line)
