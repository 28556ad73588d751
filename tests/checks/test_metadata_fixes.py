"""`--fix` adds to the declaration in the trace what the header says; every other byte is kept."""

import subprocess
from pathlib import Path

import pytest

from codeable.checks import check
from codeable.checks.fixes import fixed_files, write_fixes
from codeable.notes import read_note

HEAD = (
    '# s\n7\n## url\nhttps://a.org/7\n## title\nThe "so-called" mesh\n## source type\nBlog Post\n'
    "## author type\nPractitioner\n## tiny url\nhttps://t.co/7\n## example\nyes\n\n"
)
FIRST = '"title": \'The "so-called" mesh\''
OTHERS = '"url": "https://a.org/7", "type": "Blog Post", "author type": "Practitioner"'
ADDED = '"tiny url": "https://t.co/7"'


def text(declared: str) -> str:
    return f"{HEAD}**AXIAL CODING TRACE:**\n``` python\n{declared}\n```\n\n# coding\n\n> Größe: 5 €.\n"


def fixed(folder: Path, declared: str, end: str = "\n", mark: bytes = b"") -> str:
    path = folder / "s_7.md"
    path.write_bytes(mark + text(declared).replace("\n", end).encode())
    write_fixes(fixed_files(check([read_note(path)], select=("C2",))))
    after = path.read_bytes()
    assert after.startswith(mark)
    return after[len(mark) :].decode()


@pytest.mark.parametrize(
    ("declared", "right"),
    [
        pytest.param(
            f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, "example": True}})',
            f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, "example": True, {ADDED}}})',
            id="on one line",
        ),
        pytest.param(
            f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, "example": True, }})',
            f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, "example": True, {ADDED}, }})',
            id="on one line with a comma at the end",
        ),
        pytest.param(
            f's7 = CClass(source, "s7", values={{\n    {FIRST},\n    {OTHERS},\n    "example": True}})',
            f's7 = CClass(source, "s7", values={{\n    {FIRST},\n    {OTHERS},\n    "example": True,\n'
            f"    {ADDED}}})",
            id="on lines of their own",
        ),
        pytest.param(
            f's7 = CClass(source, "s7", values={{\n\t{FIRST},\n\t{OTHERS},\n\t"example": True,\n}})',
            f's7 = CClass(source, "s7", values={{\n\t{FIRST},\n\t{OTHERS},\n\t"example": True,\n'
            f"\t{ADDED},\n}})",
            id="on lines of their own with a comma at the end",
        ),
        pytest.param(
            f's7 = CClass(source, "s7", values={{\n    {FIRST},\n    {OTHERS},\n'
            '    "example": True  # it is one\n})',
            f's7 = CClass(source, "s7", values={{\n    {FIRST},\n    {OTHERS},\n'
            f'    "example": True,  # it is one\n    {ADDED}\n}})',
            id="before a comment",
        ),
        pytest.param(
            f's7 = CClass(source, "s7", values={{\n    {FIRST},\n    {OTHERS},\n'
            '    "example": True,  # it is one\n})',
            f's7 = CClass(source, "s7", values={{\n    {FIRST},\n    {OTHERS},\n'
            f'    "example": True,  # it is one\n    {ADDED},\n}})',
            id="before a comment, with a comma at the end",
        ),
        pytest.param(
            f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, "example": True, "tiny url": ""}})',
            f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, "example": True, {ADDED}}})',
            id="in the place of an empty value",
        ),
        pytest.param(
            f's7 = CClass(source, "s7", values={{{OTHERS}}})',
            f's7 = CClass(source, "s7", values={{{OTHERS}, {ADDED}, {FIRST}, "example": True}})',
            id="several, with quotes and truth values",
        ),
        pytest.param(
            's7 = CClass(source, "s7", values={})',
            's7 = CClass(source, "s7", values={"url": "https://a.org/7", '
            f'{ADDED}, {FIRST}, "example": True, "type": "Blog Post", "author type": "Practitioner"}})',
            id="all of them",
        ),
        pytest.param(
            's7 = CClass(source, "s7")',
            's7 = CClass(source, "s7", values={"url": "https://a.org/7", '
            f'{ADDED}, {FIRST}, "example": True, "type": "Blog Post", "author type": "Practitioner"}})',
            id="without values",
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "byte order mark"])
def test_what_the_header_says_is_added(
    declared: str, right: str, end: str, mark: bytes, tmp_path: Path
) -> None:
    after = fixed(tmp_path, declared, end, mark)
    assert after == text(right).replace("\n", end)
    assert check([read_note(tmp_path / "s_7.md")], select=("C202",)).diagnostics == ()


@pytest.mark.parametrize(
    "declared",
    [
        's7 = CClass(source, "s7", values={"title": "T"]',
        's7 = CClass(source, "s7", values=the_values)',
        's7 = CClass(source, "s7", values={"title": "T", **more})',
    ],
)
def test_a_declaration_that_is_not_understood_is_left_alone(declared: str, tmp_path: Path) -> None:
    assert fixed(tmp_path, declared) == text(declared)


def test_what_is_neither_yes_nor_no_is_not_written_as_a_truth_value(tmp_path: Path) -> None:
    declared = f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, {ADDED}}})'
    path = tmp_path / "s_7.md"
    path.write_text(text(declared).replace("## example\nyes", "## example\nin part"), encoding="utf-8")
    assert fixed_files(check([read_note(path)], select=("C202",))) == []


def test_what_only_the_declaration_says_is_not_written_into_the_header(tmp_path: Path) -> None:
    declared = f's7 = CClass(source, "s7", values={{{FIRST}, {OTHERS}, "example": True, {ADDED}}})'
    path = tmp_path / "s_7.md"
    path.write_text(text(declared).replace("## tiny url\nhttps://t.co/7\n", ""), encoding="utf-8")
    assert fixed_files(check([read_note(path)], select=("C202",))) == []


def test_git_sees_the_added_line_only(tmp_path: Path) -> None:
    declared = f's7 = CClass(source, "s7", values={{\n    {FIRST},\n    {OTHERS},\n    "example": True,\n}})'
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "s_7.md").write_text(text(declared), encoding="utf-8")
    subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
    fixed(tmp_path, declared)
    command = ["git", "-C", str(tmp_path), "diff", "--numstat"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "1\t0\ts_7.md\n"
