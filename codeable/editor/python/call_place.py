"""Where a cursor is in Python that is being written: which call, argument, dictionary entry and string.

The statement at a cursor is hardly ever valid Python. So it is read by its brackets, quotes and commas.
Completion and the help on arguments call `call_place`.
"""

import keyword
import re
from collections.abc import Iterator, Sequence

from attrs import define, field, frozen

from codeable.lines import Lines
from codeable.notes.statement_splitter import Piece, indentation_of, split

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<prefix>[rRbBfFuU]{0,2})(?P<quotes>\"{3}|'{3}|"|')
      | (?P<name>[^\W\d]\w*(?:[ \t]*\.[ \t]*[^\W\d]\w*)*)
      | (?P<number>\d\w*)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<sign>[=!<>:]=|=|,|:)
      | (?P<line>\\\n|\n)""",
    re.VERBOSE,
)
_TRIPLE = ("'''", '"""')
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_QUOTED = re.compile(r"[rRbBuU]{0,2}(?P<quote>['\"])(?P<text>.*)(?P=quote)", re.DOTALL)
_WORD_BEFORE = re.compile(r"\w*\Z")
_WORD_BEHIND = re.compile(r"\w*")


@frozen
class OpenBracket:
    """A bracket around the cursor.

    Attributes:
        bracket: ``(``, ``[`` or ``{``.
        function: What is called, without the module or the receiver; empty for another bracket.
        receiver: What is before the dot: ``a`` of ``a.add_links(``; empty without one.
        position: How many commas are in it before the cursor.
        keyword: The name of the argument in which the cursor is, where it is given by its name.
        key: The text of the key of the entry of which the cursor is in the value; None elsewhere.
        items: The other items in it: arguments, elements, or the keys of entries.
        keywords: The names of its other arguments that are given by name.
    """

    bracket: str
    function: str
    receiver: str
    position: int
    keyword: str
    key: str | None
    items: tuple[str, ...]
    keywords: tuple[str, ...]


@frozen
class OpenString:
    """The string in which the cursor is: its quotes, and where its text begins and ends."""

    quotes: str
    start: int
    end: int


@frozen
class CallPlace:
    """The place of a cursor in a statement. All offsets are those of the text that was given.

    Attributes:
        offset: The cursor.
        brackets: The brackets around it, the outermost first.
        string: The string around it.
        comment: Whether it is in a comment.
        statement: The whole statement, also behind the cursor.
        start: Where the line of the statement begins, without its indentation.
        before: The text of the statement before the word at the cursor.
        assigned: The name that the statement binds.
        word: Where the word at the cursor begins and ends.
    """

    offset: int
    brackets: tuple[OpenBracket, ...]
    string: OpenString | None
    comment: bool
    statement: str
    start: int
    before: str
    assigned: str
    word: tuple[int, int]

    @property
    def call(self) -> OpenBracket | None:
        """The innermost call around the cursor."""
        return next((one for one in reversed(self.brackets) if one.function), None)

    @property
    def inside(self) -> tuple[OpenBracket, ...]:
        """The brackets inside of the innermost call."""
        for index in range(len(self.brackets) - 1, -1, -1):
            if self.brackets[index].function:
                return self.brackets[index + 1 :]
        return self.brackets

    def argument(self, names: Sequence[str]) -> str:
        """The name of the argument of the innermost call in which the cursor is; empty where there is none.

        Args:
            names: The names of the arguments in the order of their positions.
        """
        call = self.call
        if call is None or call.keyword:
            return call.keyword if call is not None else ""
        return names[call.position] if call.position < len(names) else ""


def call_place(lines: Lines, offset: int, first: int = 0, end: int | None = None) -> CallPlace:
    r"""The place of a cursor in Python, which may be broken and half-written.

    Args:
        lines: The text.
        offset: The cursor.
        first: The first line of the Python in it, such as the one below a fence, counted from 0.
        end: The line behind its last one; None for the end of the text.

    Example:
        >>> place = call_place(Lines("", "add_force_relations({bus: {cost: "), 33)
        >>> place.call.function, [(one.key, one.items) for one in place.inside]
        ('add_force_relations', [('bus', ()), ('cost', ())])
        >>> call_place(Lines("", "add_links({s1: [a, \nb = CClass(practice, "), 41).call.position
        1
    """
    line = lines.line_at(offset)
    python = lines.lines[first:end]
    begin, last = _statement_at(split(python), python, line - first, offset - lines.starts[line])
    start = lines.starts[first + begin]
    text = lines.text[start : lines.starts[first + last] + len(python[last])]
    one_sign_a_line = text.replace("\r\n", "\n ").replace("\r", "\n")  # as long as the text
    return _Scanner(one_sign_a_line, offset - start, start).place()


def _statement_at(pieces: Sequence[Piece], lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """First and last line of the statement at a place; the line alone where it begins one."""
    begun = [piece for piece in pieces if piece.first <= line]
    unclosed = next((piece for piece in begun if _is_string_unclosed(piece, lines)), None)
    if unclosed is not None:
        return unclosed.first, max(unclosed.last, line)
    if not begun:
        return line, line
    piece = begun[-1]
    if piece.last >= line:
        return piece.first, piece.last
    is_open = piece.fault is not None and lines[piece.fault.line][piece.fault.column] in _CLOSERS
    return (piece.first if is_open and column > indentation_of(lines[piece.first]) else line), line


def _is_string_unclosed(piece: Piece, lines: Sequence[str]) -> bool:
    """Whether a statement begins a triple-quoted string that never ends."""
    fault = piece.fault
    return fault is not None and lines[fault.line][fault.column : fault.column + 3] in _TRIPLE


@define
class _Open:
    """A bracket that is not closed yet; `begin` is where its current item begins."""

    bracket: str
    called: str
    begin: int
    position: int = 0
    keyword: str = ""
    key: str | None = None
    items: list[str] = field(factory=list)
    keywords: list[str] = field(factory=list)

    def end_item(self, text: str, end: int) -> None:
        """Remember the item before a comma."""
        written = self.key if self.key is not None else text[self.begin : end].strip()
        if self.keyword:
            self.keywords.append(self.keyword)
        elif written:
            self.items.append(written)
        self.keyword, self.key = "", None


class _Scanner:
    """Reads a statement up to the cursor."""

    def __init__(self, text: str, offset: int, start: int) -> None:
        self.text, self.offset, self.base = text, offset, start
        self.stack: list[_Open] = []
        self.begin = 0
        self.assigned = ""
        self.string: OpenString | None = None
        self.comment = False

    def place(self) -> CallPlace:
        self._scan()
        before = _WORD_BEFORE.search(self.text, 0, self.offset)
        behind = _WORD_BEHIND.match(self.text, self.offset)
        word = before.start() if before else self.offset, behind.end() if behind else self.offset
        begin = self.begin + indentation_of(self.text[self.begin : self.offset])
        if self.stack:
            inner = self.stack[-1]
            items, keywords = _items_behind(self.text, self.string.end + 1 if self.string else word[1])
            inner.items += (
                [each.partition(":")[0].strip() for each in items] if inner.bracket == "{" else items
            )
            inner.keywords += keywords
        return CallPlace(
            self.offset + self.base,
            tuple(map(_bracket, self.stack)),
            self.string,
            self.comment,
            self.text[self.begin :],
            begin + self.base,
            self.text[begin : word[0]],
            self.assigned,
            (word[0] + self.base, word[1] + self.base),
        )

    def _scan(self) -> None:
        at, called = 0, ""
        while (match := _TOKEN.search(self.text, at, self.offset)) is not None:
            at, name = match.end(), match["name"] or ""
            if match["comment"]:
                self.comment = at == self.offset
            elif match["quotes"]:
                end = self._string(match["quotes"], at)
                if end is None:
                    return
                at = end
            elif match["open"]:
                self.stack.append(_Open(match["open"], called if match["open"] == "(" else "", at))
            elif match["close"]:
                self._close(match["close"])
            elif match["sign"]:
                self._sign(match["sign"], match.start(), at)
            elif match["line"] == "\n" and not self.stack:
                self.begin, self.assigned = at, ""
            called = name if name and not keyword.iskeyword(name) else ""

    def _string(self, quotes: str, start: int) -> int | None:
        """The offset behind a string; None when the cursor is in it."""
        end = start
        while True:
            found = self.text.find(quotes, end)
            line_end = self.text.find("\n", start) if len(quotes) == 1 else -1
            if found < 0 or 0 <= line_end < found:
                closed = line_end if line_end >= 0 else len(self.text)
                width = 0
                break
            escapes = len(self.text[start:found]) - len(self.text[start:found].rstrip("\\"))
            if escapes % 2 == 0:
                closed, width = found, len(quotes)
                break
            end = found + 1
        if closed >= self.offset:
            self.string = OpenString(quotes, start + self.base, closed + self.base)
            return None
        return closed + width

    def _close(self, closer: str) -> None:
        if any(_CLOSERS[one.bracket] == closer for one in self.stack):
            while _CLOSERS[self.stack.pop().bracket] != closer:
                pass

    def _sign(self, sign: str, start: int, end: int) -> None:
        if not self.stack:
            target = self.text[self.begin : start].strip()
            if sign == "=" and target.isidentifier() and not self.assigned:
                self.assigned = target
            return
        inner = self.stack[-1]
        written = self.text[inner.begin : start].strip()
        if sign == ",":
            inner.end_item(self.text, start)
            inner.position += 1
            inner.begin = end
        elif sign == "=" and inner.bracket == "(" and written.isidentifier():
            inner.keyword = written
        elif sign == ":" and inner.bracket == "{" and inner.key is None:
            inner.key = written


def _bracket(one: _Open) -> OpenBracket:
    receiver, _, function = "".join(one.called.split()).rpartition(".")
    items, keywords = tuple(one.items), tuple(one.keywords)
    return OpenBracket(one.bracket, function, receiver, one.position, one.keyword, one.key, items, keywords)


def _items_behind(text: str, at: int) -> tuple[list[str], list[str]]:
    """The items, and the names of arguments given by name, behind the cursor in its innermost bracket."""
    items: list[str] = []
    keywords: list[str] = []
    for item in [*_split_items(text, at)][1:]:  # the first is that of the cursor itself
        name, equals, _ = item.partition("=")
        if equals and name.strip().isidentifier():
            keywords.append(name.strip())
        elif item.strip():
            items.append(item.strip())
    return items, keywords


def _split_items(text: str, at: int) -> Iterator[str]:
    depth, begin = 0, at
    while (match := _TOKEN.search(text, at)) is not None:
        at = match.end()
        if match["quotes"]:
            end = text.find(match["quotes"], at)
            at = end + len(match["quotes"]) if end >= 0 else len(text)
        elif match["open"]:
            depth += 1
        elif match["close"]:
            depth -= 1
            if depth < 0:
                yield text[begin : match.start()]
                return
        elif match["sign"] == "," and depth == 0:
            yield text[begin : match.start()]
            begin = at
    yield text[begin:]


def quoted_text(written: str | None) -> str | None:
    """The text of a string as it is written; None for anything else.

    Example:
        >>> quoted_text('"type"'), quoted_text("bus")
        ('type', None)
    """
    match = _QUOTED.fullmatch(written or "")
    return match["text"] if match is not None else None
