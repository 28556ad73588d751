"""No note crashes the reader, and nothing in a note is ever executed."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.notes import FieldNote, read_note, read_text
from tests.notes.described import describe, lines_read
from tests.tools import examples

DATA = Path(__file__).parent / "data"
REAL_LOOKING = [path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.md"))]
SNIPPETS = [
    "**OPEN CODING TRACE:**",
    "**AXIAL CODING TRACE:**",
    "```python",
    "````",
    "```",
    "~~~",
    "> ",
    "# coding",
    "# s",
    "## title",
    "'''",
    '"""',
    "add codes to s7:",
    "a = CClass(practice, 'A')",
    "add_force_relations({",
    "})",
    "<!--",
    "-->",
    "![",
    "](",
    "\\",
    "\0",
    "\ufeff",
    "\ud800",
    "\r",
    "\x0c",
    "\u2028",
    "    ",
    "\t",
    "if x:",
    "é",
    "𝕏",
]


def block(code: str) -> FieldNote:
    return read_text(f"# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n```python\n{code}\n```\n")


def check(note: FieldNote) -> None:
    """Read completely, and every place lies in the text."""
    spans = [*(segment.span for segment in note.segments), *(one.span for one in note.statements)]
    spans += [*(problem.span for problem in note.problems), *(field.value_span for field in note.fields)]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(note.text)
        assert (span.line, span.column) <= (span.end_line, span.end_column)
    assert [one.source for one in note.statements] == [
        note.text[one.span.start : one.span.end] for one in note.statements
    ]
    describe(note)


@pytest.mark.parametrize(
    "code",
    [
        "__import__('os').system('touch HACKED')",
        "exec('1/0')",
        "from os import *",
        "x = CClass(practice, open('/etc/passwd').read())",
        "x = CClass(practice, f'{1/0}')",
        "class X(metaclass=print): pass",
        "raise SystemExit",
        "assert False",
    ],
)
def test_nothing_is_executed(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check(block(code))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "code",
    [
        "(" * 5_000,
        "[" * 90 + "]" * 90,
        "x = " + "-" * 50_000 + "1",
        "x = '' + " + " + ".join(["'a'"] * 20_000),
        "a" + ".b" * 40_000,
        "a" + "[0]" * 40_000,
        "not " * 30_000 + "a",
        "lambda: " * 10_000 + "1",
        "f(" * 5_000 + ")" * 5_000,
        "x = " + "9" * 100_000,
        "x = 9 ** 9 ** 9 ** 9",
        "x = 'a' * 10 ** 12",
        "x = (" + "1," * 50_000 + ")",
        "\n".join(" " * depth + "if x:" for depth in range(95)) + "\n" + " " * 95 + "y",
        "\\\n" * 2_000,
        "'''\n" * 999,
        "x = '''" * 500,
        "add_links([\n" * 2_000,
        "x([\ny\n" * 3_000,
        '"\n' * 3_000,
        "a" + " " * 50_000 + "!",
        "'''\na" + " " * 50_000 + "!\n'''",
        "a b" + " c" * 20_000,
        "a\0b",
        "\ufeffa = 1",
        "a = '\\ud800'",
        "a = '\\N{nothing}'",
        "# coding: nonsense\na",
        "\x0c\x0ca",
    ],
    ids=lambda code: repr(code[:20]),
)
def test_hostile_python_is_reported_or_read(code: str) -> None:
    note = block(code)
    check(note)
    assert note.axial_traces[0].blocks


@pytest.mark.parametrize(
    "text",
    [
        " " * 100_000,
        "\n" * 20_000,
        ">" * 20_000,
        "> > > > > > > > > > > > > x\n" * 500,
        "#" * 20_000,
        "`" * 20_000,
        "``` python\n" * 2_000,
        "```1\n>\n" * 20_000,
        "# s" + " " * 50_000 + "x",
        "# s 1\n## " + "(" * 20_000,
        "# s 1\n## url" + " " * 50_000 + "x",
        "# coding\n> " + "[" * 50_000 + "]",
        "# coding\n> " + "[a](b" * 5_000,
        "<!--\n\n" * 3_000,
        "# coding\n**OPEN CODING TRACE:**\n- " + " " * 50_000 + "x",
        "# coding\n**OPEN CODING TRACE:**\nOption: " + "a_b " * 20_000,
        "# coding\n" + "**AXIAL CODING TRACE:**\n```\na\n```\n" * 300,
        "- " * 5_000,
        "1. " * 5_000,
        "| a " * 5_000,
        "<div>" * 5_000,
        "[a]: b\n" * 2_000,
        "&#x0;" * 2_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_hostile_markdown_is_read(text: str) -> None:
    check(read_text(text))


def test_a_file_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "n.md"
    path.write_text("# s 1\n# coding\n" + ("> " + "word " * 2_000 + "\n\n") * 1_000, encoding="utf-8")
    assert path.stat().st_size > 10_000_000
    note = read_note(path)
    assert (len(note.passages), note.problems) == (1_000, ())


def test_a_note_with_too_many_lines_is_read_in_part_and_reported() -> None:
    note = read_text("# s 1\n# coding\n" + "\n" * 200_001)
    assert [problem.kind for problem in note.problems] == ["too-large"]


def test_a_comment_that_ends_behind_what_is_read_is_never_closed() -> None:
    note = read_text("# s 1\n# coding\n<!-- a\n" + "\n" * 200_001 + "-->")
    assert [problem.kind for problem in note.problems] == ["comment-not-closed", "too-large"]


def test_a_long_block_of_short_statements_is_read_without_a_problem() -> None:
    note = block("\n".join(f'c{number} = CClass(practice, "{"C" * 50}")' for number in range(3_000)))
    assert len(note.statements) == 3_000
    assert not [one for one in note.problems if one.kind == "repaired"]
    assert "too long" not in " ".join(one.message for one in note.problems)


def test_a_block_that_no_coder_wrote_is_not_read_and_reported() -> None:
    note = block("a, " * 200_000)
    assert [(problem.kind, problem.span.line) for problem in note.problems] == [("too-large", 5)]
    assert note.statements == ()


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    check(read_text(text))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=8), max_size=60),
    st.sampled_from(["\n", "", " ", "\r\n"]),
)
def test_any_mixture_of_the_parts_of_notes_is_read(parts: list[str], joint: str) -> None:
    check(read_text(joint.join(parts)))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(SNIPPETS) | st.text(alphabet="abc_ =(){}[]'\",.:\n\\#0", max_size=12), max_size=40
    )
)
def test_any_block_is_read(parts: list[str]) -> None:
    check(block("".join(parts)))


@settings(max_examples=examples(150), deadline=None)
@given(st.sampled_from(REAL_LOOKING), st.randoms(use_true_random=False), st.integers(1, 12))
def test_a_mutated_note_is_read_and_no_line_of_it_is_lost(
    text: str, draw: random.Random, changes: int
) -> None:
    for _ in range(changes):
        text = mutated(text, draw)
    note = read_text(text)
    check(note)
    written = {number for number, line in enumerate(note.text.split("\n"), 1) if line.strip()}
    if "\r" not in text:
        assert written - lines_read(note) == set()


def mutated(text: str, draw: random.Random) -> str:
    at, end = sorted((draw.randint(0, len(text)), draw.randint(0, len(text))))
    match draw.randrange(6):
        case 0:
            return text[:at] + text[at + draw.randint(1, 3) :]
        case 1:
            return text[:at] + draw.choice(SNIPPETS) + text[at:]
        case 2:
            return text[:at] + "\n" + draw.choice(SNIPPETS) + "\n" + text[at:]
        case 3:
            return text[:at] + text[min(end, at + 200) :]
        case 4:
            return text[:end] + text[at:end][:200] + text[end:]
        case _:
            return text[:at] + draw.choice("(){}[]'\"`*#>,.=\n ") + text[at + 1 :]
