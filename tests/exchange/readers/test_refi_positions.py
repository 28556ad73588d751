"""The passages of a project are what was selected, however the tool counts positions."""

import random
from pathlib import Path

import pytest

from codeable.exchange.project import Project
from codeable.exchange.readers.refi.counting import counting_of
from codeable.exchange.readers.refi.positions import STANDARD, FileSelection, PlainText
from codeable.exchange.readers.refi.reader import read_qdpx
from tests.exchange.tool_files import Positions, project_file

TEXT = (
    "Größe 🙂 counts.\nWe use an event bus because services must not know each other.\n\n"
    "🎉 It was the best decision, she said: “never again a monolith”.\nThe end.\n"
)
SELECTED = [
    "Größe 🙂 counts.",
    "event bus",
    "services must not know each other",
    "the best decision",
    "never again a monolith",
    "The end.",
    "counts.\n",
    "Größe 🙂",
]
INTERNAL = "internal://4ab2a9b7-5d6c-5c4a-9d4a-000000000001.txt"


def passages(project: Project) -> list[str]:
    return [each.text[p.start : p.end] for each in project.sources for p in each.passages]


def with_crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def with_mark_and_crlf(text: str) -> bytes:
    return b"\xef\xbb\xbf" + with_crlf(text)


@pytest.mark.parametrize("inclusive", [False, True])
@pytest.mark.parametrize("utf_16", [False, True])
def test_every_way_of_counting_gives_the_selected_texts(
    tmp_path: Path, utf_16: bool, inclusive: bool
) -> None:
    for encoded in (str.encode, with_crlf, with_mark_and_crlf):
        for line_end in (1, 2):
            for mark in (False, True)[: 1 + (encoded is with_mark_and_crlf)]:
                positions = Positions(utf_16=utf_16, line_end=line_end, mark=mark, inclusive=inclusive)
                path = project_file(
                    tmp_path, TEXT, SELECTED, positions=positions, file=INTERNAL, encoded=encoded
                )
                project = read_qdpx(path)
                assert sorted(passages(project)) == sorted(SELECTED), vars(positions)
                (message,) = project.messages
                is_standard = not (utf_16 or inclusive or mark or line_end == 2)
                assert ("as the standard says" in message) == is_standard
                assert project.sources[0].text == TEXT


def test_selections_of_parts_of_words_are_no_evidence_against_the_standard() -> None:
    words = [
        "we",
        "use",
        "an",
        "event",
        "bus",
        "🙂",
        "because",
        "services",
        "must",
        "not",
        "know",
        "each",
        "other",
        "größe",
        "matters",
    ]
    for seed in range(30):
        chance = random.Random(seed)
        lines = (" ".join(chance.choices(words, k=12)) for _ in range(20))
        text = PlainText("\n".join(lines))
        starts = chance.choices(range(len(text.text) - 40), k=20)
        selections = [FileSelection(text, each, each + chance.randint(3, 40)) for each in starts]
        counting, message = counting_of(selections)
        assert counting == STANDARD, seed
        assert message.endswith(", as the standard says.")
