"""First and last line of each statement of a block that is not Python. Called by `recovery` and `statements`.

CPython's parser stops at the first error. Parsers that continue lose the statements behind it (an open
bracket takes them) or invent some (``runtime observability = ...`` becomes ``observability = ...``). The
statements of a trace are so simple that brackets, strings and first words tell them apart. `recovery` then
parses each alone, so that only a broken statement is lost.
"""

import re

from attrs import frozen

_TOKEN = re.compile(
    r"""(?P<comment>\#.*)
      | (?P<triple>\"{3}|'{3})
      | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<quote>["'])
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])""",
    re.VERBOSE,
)
_BEGINS = re.compile(
    r"\s*(?:\w+\s*=\s*(?:C[A-Z]\w*\s*\(|\w+\.add_links\s*\(|add_\w+\s*\(|\\\s*$)"
    r"|add_\w+\s*[({\[]|set_links\s*\(|\w+\.add_links\s*\(|from\s+[\w.]+\s+import\b|import\s+\w)"
)
_MAY_BEGIN = re.compile(r"\w+(?:\s*,\s*\w+)*\s*(?:,\s*)?$|'{3}|\"{3}|\w+\s*=\s*[\w.]+\s*\(")
_COMPOUND = re.compile(r"\s*(?:(?:if|for|while|with|def|class|try|async|match)\b|@)")
_GOES_ON = re.compile(r"(?:elif|else|except|finally|case)\b|@")
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


@frozen
class Fault:
    """Where and why a text is not Python; line and columns count from 0.

    `suggestion` is the text to write from `column` to `end`.
    """

    line: int
    column: int
    message: str
    suggestion: str | None = None
    end: int | None = None


@frozen
class Piece:
    """Lines that are one statement, or the remains of one with its fault."""

    first: int
    last: int
    fault: Fault | None


def split(lines: list[str], number: int = 1) -> list[Piece]:
    """Split the lines of a block into statements.

    Args:
        lines: The block, line by line.
        number: The number of the first line in its file, for the messages.

    Example:
        >>> for piece in split(["a = CClass(force, 'A'", "b", "c = CClass(force, 'C')"]):
        ...     print(piece.first, piece.last, piece.fault and piece.fault.message)
        0 0 '(' is never closed
        1 1 None
        2 2 None
    """
    return list(_Splitter(lines, number).pieces())


class _Splitter:
    """Reads the lines once. `budget` limits the lines read again after unclosed brackets."""

    def __init__(self, lines: list[str], number: int) -> None:
        self.lines = lines
        self.number = number
        self.budget = 5 * len(lines) + 5_000

    def pieces(self) -> list[Piece]:
        found: list[Piece] = []
        index = 0
        while index < len(self.lines):
            if not is_code(self.lines[index]):
                index += 1
                continue
            if self.budget <= 0:
                fault = Fault(index, 0, "the rest of the block has too many broken statements to be read")
                return [*found, Piece(index, len(self.lines) - 1, fault)]
            piece = self._piece(index)
            found.append(piece)
            index = piece.last + 1
        return found

    def _piece(self, first: int) -> Piece:
        """The statement that begins on a line."""
        stack: list[tuple[str, int, int]] = []
        fault: Fault | None = None
        index = first
        while True:
            self.budget -= 1
            end, goes_on, found = self._scan(index, stack)
            fault = fault or found
            if end is None:
                return Piece(first, index, fault)
            index = end
            following = self.lines[index + 1] if index + 1 < len(self.lines) else None
            if not stack and not goes_on:
                last = self._with_suite(first, index) if _COMPOUND.match(self.lines[first]) else index
                return Piece(first, last, fault)
            if following is None or (stack and _BEGINS.match(following)):
                if not stack:
                    return Piece(first, index, fault)
                fault = fault or self._unclosed(stack)
                return Piece(first, self._resume(first, index), fault)
            index += 1

    def _scan(self, index: int, stack: list[tuple[str, int, int]]) -> tuple[int | None, bool, Fault | None]:
        """Read one line, with the lines of a triple-quoted string on it, into the stack of open brackets.

        Returns:
            The last line read, none when a triple-quoted string never ends; whether a backslash ends it; the
            first fault.
        """
        fault: Fault | None = None
        line, at = self.lines[index], 0
        while True:
            match = _TOKEN.search(line, at)
            if match is None:
                return index, line.endswith("\\"), fault
            at = match.end()
            column = match.start()
            if match["open"]:
                stack.append((match["open"], index, column))
            elif match["close"]:
                fault = fault or self._close(match["close"], index, column, stack)
            elif match["quote"]:
                fault = fault or _unclosed_string(line, index, column)
                return index, False, fault
            elif match["comment"]:
                return index, False, fault
            elif match["triple"]:
                end = self._end_of_string(match["triple"], index, at)
                if end is None:
                    fault = fault or Fault(index, column, "the triple-quoted string is never closed")
                    return None, False, fault
                index, at = end
                line = self.lines[index]
                if line.strip() == match["triple"][:2]:
                    at = len(line)
                    fault = fault or Fault(index, indentation_of(line), "two quotes close nothing")

    def _close(self, closer: str, index: int, column: int, stack: list[tuple[str, int, int]]) -> Fault | None:
        if stack and _CLOSERS[stack[-1][0]] == closer:
            stack.pop()
            return None
        if not any(_CLOSERS[opener] == closer for opener, _, _ in stack):
            return Fault(index, column, f"'{closer}' closes nothing")
        opener, line, _ = stack[-1]
        while _CLOSERS[stack[-1][0]] != closer:
            stack.pop()
        stack.pop()
        where = "" if line == index else f" of line {self.number + line}"
        return Fault(index, column, f"'{closer}' cannot close the '{opener}'{where}")

    def _end_of_string(self, quotes: str, index: int, at: int) -> tuple[int, int] | None:
        """Line and column behind the end of a triple-quoted string. Two quotes on a line are meant as one."""
        while index < len(self.lines):
            self.budget -= 1
            line = self.lines[index]
            found = line.find(quotes, at)
            if found >= 0:
                return index, found + 3
            if line.strip() == quotes[:2]:
                return index, len(line)
            index, at = index + 1, 0
        return None

    def _with_suite(self, first: int, last: int) -> int:
        """The last line of a compound statement, with the deeper lines below it and its other clauses."""
        depth = indentation_of(self.lines[first])
        for index in range(last + 1, len(self.lines)):
            line = self.lines[index]
            if not line.strip():
                continue
            if indentation_of(line) <= depth and not _GOES_ON.match(line.lstrip()):
                break
            last = index
        return last

    def _unclosed(self, stack: list[tuple[str, int, int]]) -> Fault:
        opener, line, column = stack[-1]
        return Fault(line, column, f"'{opener}' is never closed")

    def _resume(self, first: int, last: int) -> int:
        """The last line of an unclosed statement. The next line may begin a new one."""
        depth = indentation_of(self.lines[first])
        for index in range(first + 1, last + 1):
            line = self.lines[index]
            if indentation_of(line) <= depth and _MAY_BEGIN.match(line.lstrip()):
                while index - 1 > first and not self.lines[index - 1].strip():
                    index -= 1
                return index - 1
        while last > first and not self.lines[last].strip():
            last -= 1
        return last


def _unclosed_string(line: str, index: int, column: int) -> Fault:
    """The fault of a string without an end, which is probably meant before the last closing brackets."""
    text = line[column:].rstrip()
    behind = len(text) - len(text.rstrip(")]},"))
    at = len(text) - behind
    end = at - (text[at - 1] in "\"'" and at > 2)
    closed = f"{text[:end]}{text[0]}{text[at:]}" if at > 1 and behind else None
    message = "the string is not closed on its line"
    return Fault(index, column, message, closed, column + len(text))


def is_code(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    text = line.lstrip()
    return bool(text) and not text.startswith("#")


def indentation_of(line: str) -> int:
    """The number of blanks at the start of a line."""
    return len(line) - len(line.lstrip())
