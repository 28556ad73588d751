"""Fixes: what is certain is changed, and every other byte is kept, however the file is written."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.checks import Diagnostic, Edit, Report, check
from codeable.checks.fixes import difference, fixed_files, write_fixes
from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.notes import read_note
from codeable.notes.files import note_files_of_study
from tests.checks.cases import span

MODEL = 'from codeable.dsl import *\n\na = CClass(practice, "A")\n'
DECLARED = 's7 = CClass(source, "s7", values={\n    "title": "T",\n    "url": "u",\n'
SWAPPED = DECLARED + '    "author type": "Blog Post",\n    "type": "Practitioner"})\n'
RIGHT = DECLARED + '    "author type": "Practitioner",\n    "type": "Blog Post"})\n'
HEAD = "# s\n7\n## url\nu\n## title\nT\n## source type\nBlog Post\n## author type\nPractitioner\n\n"


def note(declared: str) -> str:
    return f"{HEAD}**AXIAL CODING TRACE:**\n``` python\n{declared}```\n\n# coding\n\n> Größe: 5 €.\n"


def module(declared: str) -> str:
    return f"from codeable.dsl import *\n\n{declared}"


def fixed(folder: Path, name: str, data: bytes) -> bytes:
    """A file of a small study after the fixes."""
    files = {"models/a.py": MODEL.encode(), "sources/s7.py": module(RIGHT).encode()}
    files |= {"sources/s_7.md": note(RIGHT).encode(), name: data}
    for path, content in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    loaded = load_folder(folder)
    notes = [read_note(path) for path in note_files_of_study(folder, loaded.settings)]
    report = check(notes, loaded, ignore=("C202",))  # what it adds has tests of its own
    write_fixes(fixed_files(report))
    return (folder / name).read_bytes()


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "LF": lambda text: text.encode(),
    "CR LF": lambda text: text.replace("\n", "\r\n").encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "a byte order mark and CR LF": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "tabs": lambda text: text.replace("    ", "\t").encode(),
    "blanks at line ends": lambda text: text.replace("\n", "  \n").encode(),
    "form feeds": lambda text: text.replace("\n\n", "\n\x0c\n").encode(),
}
IN_NOTES: dict[str, Callable[[str], bytes]] = {
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "undecodable bytes": lambda text: text.encode().replace(b"5", b"\xff5"),
    "a zero byte": lambda text: text.replace("5", "\0").encode(),
}


@pytest.mark.parametrize("encoding", [*ENCODINGS, *IN_NOTES])
def test_a_swap_in_a_note_is_fixed_and_every_other_byte_is_kept(encoding: str, tmp_path: Path) -> None:
    write = {**ENCODINGS, **IN_NOTES}[encoding]
    assert fixed(tmp_path, "sources/s_7.md", write(note(SWAPPED))) == write(note(RIGHT))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_swap_in_a_module_is_fixed_and_every_other_byte_is_kept(encoding: str, tmp_path: Path) -> None:
    write = ENCODINGS[encoding]
    before = write(module("ä = '€'\n" + SWAPPED))
    assert fixed(tmp_path, "sources/s7.py", before) == write(module("ä = '€'\n" + RIGHT))


def test_a_module_in_another_encoding_is_fixed_in_it(tmp_path: Path) -> None:
    text = "# -*- coding: cp1252 -*-\n# Größe\n"
    before = (text + module(SWAPPED)).encode("cp1252")
    assert fixed(tmp_path, "sources/s7.py", before) == (text + module(RIGHT)).encode("cp1252")


WRITTEN = [
    ('"Blog Post"', '"Practitioner"'),
    ("'Blog Post'", '"Practitioner"'),
    ('"""Blog Post"""', "'Practitioner'"),
    ('"Blog " "Post"', '"Practitioner"'),
    ('"Blog" + " Post"', '"Practitioner"'),
    ('"Blog "\n  "Post"', '"Practitioner"'),
    ('r"Blog Post"', '"\\x50ractitioner"'),
    ('("Blog Post")', '("Practitioner")'),
]
TABLES = [
    '{{"author type": {}, "type": {}}}',
    "{{'author type':{},\n  'type':{},\n}}",
    '{{"author type": {}, "title": "€ – 漢", "type": {}}}',
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("author", "kind"), WRITTEN)
@pytest.mark.parametrize("where", ["note", "module"])
def test_a_swap_is_fixed_however_the_values_are_written(
    author: str, kind: str, table: str, where: str, tmp_path: Path
) -> None:
    whole = {"note": note, "module": module}[where]
    name = {"note": "sources/s_7.md", "module": "sources/s7.py"}[where]
    before, after = (
        whole(f's7 = CClass(source, "s7", values={table.format(*values)})\n').encode()
        for values in ((author, kind), (kind, author))
    )
    assert fixed(tmp_path, name, before) == after


def test_a_swap_of_the_header_is_fixed(tmp_path: Path) -> None:
    right = note(RIGHT)
    swapped = right.replace("\nBlog Post\n", "\n#\n").replace("\nPractitioner\n", "\nBlog Post\n")
    swapped = swapped.replace("\n#\n", "\nPractitioner\n")
    assert fixed(tmp_path, "sources/s_7.md", swapped.encode()) == right.encode()


@pytest.mark.parametrize("values", ["TABLE", '{**TABLE, "type": "Practitioner"}', "dict(TABLE)"])
def test_a_swap_that_is_not_written_out_is_reported_and_left_alone(values: str, tmp_path: Path) -> None:
    table = 'TABLE = {"author type": "Blog Post", "type": "Practitioner"}\n'
    before = module(f'{table}s7 = CClass(source, "s7", values={values})\n').encode()
    assert fixed(tmp_path, "sources/s7.py", before) == before


NAMES = [
    ('" CI/CD"', '"CI/CD"'),
    ("'CI/CD\t'", "'CI/CD'"),
    ('""" CI/CD """', '"""CI/CD"""'),
    ('"\u00a0CI/CD"', '"CI/CD"'),
    ('"é CI/CD "', '"é CI/CD"'),
    ('" CI" "/CD"', None),
    ('" CI" + "/CD"', None),
    ('"\\tCI/CD"', None),
    ('r" CI/CD"', None),
    ('" "', None),
]


@pytest.mark.parametrize(("before", "after"), NAMES)
@pytest.mark.parametrize("name", ["sources/s_7.md", "models/a.py"])
def test_a_blank_at_the_edge_of_a_name_is_taken_away_where_it_is_plainly_written(
    before: str, after: str | None, name: str, tmp_path: Path
) -> None:
    text = 'b = CClass(practice, NAME, values={"aka": " x"})\n'
    if name == "models/a.py":
        text = MODEL + text
    else:
        text = f"{note(RIGHT)}\n**AXIAL CODING TRACE:**\n``` python\n{text}```\n"
    after = text.replace("NAME", after or before)
    assert fixed(tmp_path, name, text.replace("NAME", before).encode()).decode() == after


def edit(start: int, end: int, text: str = "x", file: str = "a.md") -> Edit:
    return Edit(file, start, end, text)


def diagnostic(*edits: Edit) -> Diagnostic:
    return Diagnostic("C204", "warning", "found", span("a.md", 1), edits=edits)


class TestEdits:
    @pytest.fixture(autouse=True)
    def file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        Path("a.md").write_bytes(b"0123456789")
        return Path("a.md")

    def after(self, *diagnostics: Diagnostic, renames: tuple[Edit, ...] = ()) -> bytes:
        (file,) = fixed_files(Report(tuple(diagnostics), {"a.md": "0123456789"}, renames))
        return file.after

    def test_edits_that_overlap_are_left_out_whole_diagnostics_at_a_time(self) -> None:
        assert self.after(diagnostic(edit(2, 4)), diagnostic(edit(0, 1, "y"), edit(3, 5))) == b"01x456789"

    def test_edits_that_touch_are_both_made(self) -> None:
        assert self.after(diagnostic(edit(2, 4), edit(4, 5, "y")), diagnostic(edit(0, 2, "z"))) == b"zxy56789"

    def test_a_rename_gives_way_to_a_diagnostic(self) -> None:
        assert self.after(diagnostic(edit(2, 4)), renames=(edit(3, 6, "y"), edit(8, 9, "z"))) == b"01x4567z9"

    def test_what_the_encoding_cannot_write_leaves_the_file_as_it_is(self, file: Path) -> None:
        file.write_bytes("é".encode("cp1252"))
        assert fixed_files(Report((diagnostic(edit(0, 1, "漢")),), {"a.md": "é"})) == []

    def test_a_file_that_was_changed_since_it_was_checked_is_not_touched(self, file: Path) -> None:
        with pytest.raises(CodeableError, match=r"a\.md was changed while it was checked"):
            fixed_files(Report((diagnostic(edit(0, 1)),), {"a.md": "something else"}))

    def test_a_file_that_is_changed_before_it_is_written_is_not_touched(self, file: Path) -> None:
        files = fixed_files(Report((diagnostic(edit(0, 1)),), {"a.md": "0123456789"}))
        file.write_bytes(b"by somebody else")
        with pytest.raises(CodeableError, match="run the check again"):
            write_fixes(files)
        assert file.read_bytes() == b"by somebody else"

    def test_a_file_that_is_gone_is_reported(self, file: Path) -> None:
        file.unlink()
        with pytest.raises(CodeableError, match=r"a\.md cannot be read"):
            fixed_files(Report((diagnostic(edit(0, 1)),), {"a.md": "0123456789"}))

    def test_a_folder_that_cannot_be_written_is_reported(self, file: Path) -> None:
        files = fixed_files(Report((diagnostic(edit(0, 1)),), {"a.md": "0123456789"}))
        file.unlink()
        with pytest.raises(CodeableError, match=r"a\.md cannot be written"):
            write_fixes(files)

    @given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=8))
    def test_whatever_is_to_be_changed_no_two_changes_overlap(self, places: list[tuple[int, int]]) -> None:
        Path("a.md").write_bytes(b"0123456789")
        edits = [diagnostic(edit(min(place), max(place), "")) for place in places if place[0] != place[1]]
        for file in fixed_files(Report(tuple(edits), {"a.md": "0123456789"}, ())):
            assert set(file.after) <= set(file.before)
            assert list(file.after) == sorted(file.after)


@pytest.mark.parametrize("text", ["one\ntwo\nthree\n", "one\r\ntwo\r\nthree", "one\ntwo\nthree"])
def test_the_difference_can_be_applied_as_a_patch(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "sources" / "a.md"
    path.parent.mkdir()
    path.write_bytes(text.encode())
    start = text.index("three")
    files = fixed_files(Report((diagnostic(edit(start, start + 5, "3", str(path))),), {str(path): text}))
    patch = difference(files)
    assert patch.startswith("--- a/sources/a.md\n+++ b/sources/a.md\n")
    done = subprocess.run(["git", "apply", "-"], input=patch.encode(), check=False, capture_output=True)
    assert (done.returncode, path.read_bytes()) == (0, text.replace("three", "3").encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_statements_are_indented_as_the_first_of_them(newline: str, tmp_path: Path) -> None:
    path = tmp_path / "s_7.md"
    lines = ["  a = CClass(practice, 'A')", "cost = CClass(force, 'Cost')", "", "    # why", "  \ta"]
    lines += ["  add_force_relations({", "a: {cost: positive}})"]
    block = newline.join(lines)
    path.write_bytes(note("BLOCK\n").replace("\n", newline).replace("BLOCK", block).encode())
    before = path.read_bytes().decode()
    report = check([read_note(path)])
    assert [one.severity for one in report.diagnostics if one.code in ("C101", "C115")] == ["warning"]
    write_fixes(fixed_files(report))
    after = before.replace(f"{newline}cost", f"{newline}  cost").replace("  \ta", "  a")
    assert path.read_bytes().decode() == after
    assert not {"C101", "C115"} & {one.code for one in check([read_note(path)]).diagnostics}


REPAIRS = [
    ("add_decision_option_link(d, a. 'text')", "add_decision_option_link(d, a, 'text')"),
    ("add_decision_option_link(d, a, 'text'", "add_decision_option_link(d, a, 'text')"),
    ("add_force_relations({a: {cost: very positive}})", "add_force_relations({a: {cost: very_positive}})"),
    ("add_force_relations({a: {cost: negative})", "add_force_relations({a: {cost: negative}})"),
]
DECLARED_CODES = (
    "d = CClass(decision, 'How?')  # Größe\na = CClass(practice, 'A')\ncost = CClass(force, 'Cost')\n"
)


@pytest.mark.parametrize(("broken", "repaired"), REPAIRS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_can_mean_one_thing_only_is_written_so(
    broken: str, repaired: str, encoding: str, tmp_path: Path
) -> None:
    written = ENCODINGS[encoding]
    path = tmp_path / "s_7.md"
    path.write_bytes(written(note(RIGHT + DECLARED_CODES + broken + "\n")))
    write_fixes(fixed_files(check([read_note(path)])))
    assert path.read_bytes() == written(note(RIGHT + DECLARED_CODES + repaired + "\n"))


def test_many_repairs_of_one_note_are_made_at_once(tmp_path: Path) -> None:
    path = tmp_path / "s_7.md"
    for column in (0, 1):
        lines = [repair[column] + "\n\n" for repair in REPAIRS]
        text = note(RIGHT + DECLARED_CODES + "".join(lines))
        if column == 0:
            path.write_text(text, encoding="utf-8")
            write_fixes(fixed_files(check([read_note(path)])))
    assert path.read_text(encoding="utf-8") == text
    assert fixed_files(check([read_note(path)])) == []
