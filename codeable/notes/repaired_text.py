"""The text of a statement with the changes that repair it, and its tokens.

`repairs` and `certain_repairs` change it; `repaired_trees` finds the places in the note.
"""

import re

from attrs import frozen

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      | (?P<curly>[“”„][^“”„"\n]*[“”])
      | (?P<name>[^\W\d]\w*)
      | (?P<dots>\.{3,}|…)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
MOST_TOKENS = 2_000


@frozen
class Repair:
    """One replacement in a text, by offsets into the text as it is in the note.

    The message of one that belongs to the one before is empty.
    """

    start: int
    end: int
    replacement: str
    message: str


@frozen
class Repaired:
    """A text with changes, which are in order and do not overlap.

    Example:
        >>> repaired = Repaired("f(a b").with_change(3, 3, ",", "").with_change(6, 6, ")", "")
        >>> repaired.text, repaired.original(6)
        ('f(a, b)', 5)
    """

    source: str
    changes: tuple[Repair, ...] = ()

    @property
    def text(self) -> str:
        """The text with its changes."""
        parts, at = [], 0
        for change in self.changes:
            parts += [self.source[at : change.start], change.replacement]
            at = change.end
        return "".join([*parts, self.source[at:]])

    @property
    def together(self) -> list[list[Repair]]:
        """The changes, each with those that belong to it."""
        found: list[list[Repair]] = []
        for change in self.changes:
            if change.message or not found:
                found.append([])
            found[-1].append(change)
        return found

    def original(self, offset: int) -> int:
        """The offset in the note of an offset in the text with the changes."""
        shift = 0
        for change in self.changes:
            begin = change.start + shift
            if offset <= begin:
                break
            if offset < begin + len(change.replacement):
                return change.end
            shift += len(change.replacement) - (change.end - change.start)
        return offset - shift

    def with_change(self, start: int, end: int, replacement: str, message: str) -> "Repaired":
        """One change more, by offsets into the text with the changes so far."""
        change = Repair(self.original(start), self.original(end), replacement, message)
        for index, before in enumerate(self.changes):
            if before.start == change.start == change.end == before.end:
                joined = Repair(change.start, change.end, before.replacement + replacement, message)
                return Repaired(self.source, (*self.changes[:index], joined, *self.changes[index + 1 :]))
        changes = sorted((*self.changes, change), key=lambda one: (one.start, one.end))
        return Repaired(self.source, tuple(changes))


@frozen
class Token:
    """A word, a string, a bracket or another sign of a text."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text without comments; none when they are too many."""
    found = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "comment":
            found.append(Token(match.lastgroup or "", match[0], match.start(), match.end()))
        if len(found) > MOST_TOKENS:
            return []
    return found
