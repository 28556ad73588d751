"""Names and texts of messages: the nearest valid names, numbers with nouns, values, natural order, slugs."""

import functools
import html
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

_DIGITS = re.compile(r"(\d+)")
_MOST_DIGITS = 1000
"""A longer row of digits is text: Python refuses to read it as a number."""
_MOST_KEYS = 20_000
"""The same names are sorted again and again."""
_PERHAPS_HIDDEN = re.compile(r"[^\n\t -~]")
_NOT_IN_SLUG = re.compile(r"[^\w]+")
_PLAIN_BLANKS = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_ADDRESS = re.compile(r"(<[^']{1,200}?) at 0x[0-9A-Fa-f]+>(: )?")
_JOINERS = "\u200c\u200d"
_FIRST_JOINED = "\u0590"
_LIKE = 0.6
"""How alike a name has to be before it is suggested."""
_LONGEST_COMPARED = 200
_SHORTEST_PART = 3


def nearest(
    name: str, valid: Iterable[object], most: int = 3, *, like: float = _LIKE, parts: bool = False
) -> list[str]:
    """The valid names most like a name, best first. Upper and lower case count as equal.

    Args:
        name: The name that was given.
        valid: The names to choose from. What is no text is passed over.
        most: The number of names returned at most.
        like: The least similarity, from 0 to 1 (normalised indel similarity, `rapidfuzz.fuzz.ratio`).
        parts: Whether a valid name is also near when it contains the given one, or when the words of the
            valid name begin with the letters of the given one.

    Example:
        >>> nearest("overviev", ["overview", "everything"])
        ['overview']
        >>> nearest("cloud", ["cloud_inference", "event_streaming"], parts=True)
        ['cloud_inference']
        >>> nearest("mdm", ["master_data_management"], parts=True)
        ['master_data_management']
    """
    from rapidfuzz import fuzz, process

    wanted = name.casefold()
    if not wanted or len(wanted) > _LONGEST_COMPARED:
        return []
    by_folded: dict[str, str] = {}
    for candidate in valid:
        if isinstance(candidate, str) and len(candidate) <= _LONGEST_COMPARED:
            by_folded.setdefault(candidate.casefold(), candidate)
    best = process.extract(
        wanted, by_folded.keys(), scorer=fuzz.ratio, processor=None, limit=most, score_cutoff=100 * like
    )
    found = [folded for folded, _, _ in best]
    if parts and len(found) < most and len(wanted) >= _SHORTEST_PART:
        containing = [folded for folded in by_folded if wanted in folded or wanted == initials(folded)]
        found += [folded for folded in sorted(containing, key=len) if folded not in found]
    return [by_folded[folded] for folded in found[:most]]


def initials(folded: str) -> str:
    """The first letters of the words of a name.

    Example:
        >>> initials("master_data_management")
        'mdm'
    """
    return "".join(word[0] for word in _NOT_IN_SLUG.sub("_", folded).split("_") if word)


def did_you_mean(name: object, valid: Iterable[object], *, parts: bool = False) -> str:
    """The end of a message that names the nearest valid names; empty when none is near or no text is given.

    Args:
        name: The name that was given.
        valid: The names to choose from.
        parts: Whether parts of names count too, see `nearest`.

    Example:
        >>> did_you_mean("overviev", ["overview", "everything"])
        "; did you mean 'overview'?"
        >>> did_you_mean("x", ["overview"])
        ''
    """
    found = nearest(name, valid, parts=parts) if isinstance(name, str) else []
    return f"; did you mean {' or '.join(repr(candidate) for candidate in found)}?" if found else ""


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun.

    Example:
        >>> counted(1, "figure"), counted(3, "figure"), counted(0, "entry", "entries")
        ('1 figure', '3 figures', '0 entries')
    """
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def on_one_line(text: str) -> str:
    r"""A text with its line ends, tabs and blanks as single blanks; no-break and other spaces stay.

    Example:
        >>> on_one_line(" an\n  event\tbus, 1\u00a0000 times ")
        'an event bus, 1\xa0000 times'
    """
    return _PLAIN_BLANKS.sub(" ", text).strip()


def with_line_feeds(text: str) -> str:
    r"""A text with a line feed as the end of each line.

    Example:
        >>> with_line_feeds("a\r\nb\rc\n")
        'a\nb\nc\n'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def first_few(texts: Sequence[str], most: int = 5) -> str:
    """The first texts with commas between, and the number of the others.

    Example:
        >>> first_few(["s4", "s6"], 3), first_few(["s4", "s6", "s14", "s20"], 3)
        ('s4, s6', 's4, s6, s14 and 1 more')
    """
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def shown(value: object, most: int = 60) -> str:
    r"""A value in a message: as it is written in Python, shortened, safe on a terminal, without addresses.

    Example:
        >>> print(shown("Pub/Sub"), shown("a\x1b[2J"), shown([1] * 100, 20), shown(object()))
        'Pub/Sub' 'a\x1b[2J' [1, 1, 1, 1, 1, 1... <object object>
    """
    try:
        written = repr(value)
        text = printable(written if type(value) is str else _ADDRESS.sub(_without_address, written))
    except KeyboardInterrupt:
        raise
    except BaseException:  # a message must not fail because of the value that it complains about
        text = f"<{type(value).__name__}>"
    return shortened(text, most)


def shortened(text: str, most: int = 60) -> str:
    """A text in a message, of at most so many characters.

    Example:
        >>> shortened("Publish/Subscribe", 10)
        'Publish...'
    """
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _without_address(match: re.Match[str]) -> str:
    """Only the name of an element, else what the object is: the address differs from run to run."""
    return "" if match[2] else f"{match[1]}>"


def counted_names(
    names: Iterable[str], singular: str, plural: str | None = None, end: str = ""
) -> tuple[str, ...]:
    """A message with the number of some names and the first of them; none where there are no names.

    Example:
        >>> counted_names(["a", "b"], "code is new", "codes are new", "; sort them")
        ('2 codes are new: a, b; sort them',)
    """
    every = tuple(names)
    return (f"{counted(len(every), singular, plural)}: {first_few(every)}{end}",) if every else ()


def json_text(value: object) -> str:
    r"""A value as indented JSON in which every character can be seen: control characters are escaped.

    Example:
        >>> print(json_text(["Größe", "a\u202eb"]))
        [
          "Größe",
          "a\u202eb"
        ]
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(line if line.isprintable() else _visible(line) for line in text.split("\n"))


def _visible(text: str) -> str:
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which numbers inside a text count as numbers: s4, s6, s14.

    Example:
        >>> sorted(["s14", "s4", "s6"], key=natural_key)
        ['s4', 's6', 's14']
    """
    return _natural_key(text)


@functools.lru_cache(maxsize=_MOST_KEYS)
def _natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (0, int(part), part) if part.isdecimal() and len(part) <= _MOST_DIGITS else (1, 0, part)
        for part in _DIGITS.split(text)
        if part
    )


def printable(text: str) -> str:
    r"""A text that is safe on a terminal: line breaks and tabs stay, other control characters are spelt out.

    Directional and other invisible format characters count as control characters, since they can make a
    line look like another one. Joiners stay inside of emoji and of scripts that need them, such as Persian.

    Example:
        >>> printable("\x1b[31mred\x1b[0m")
        '\\x1b[31mred\\x1b[0m'
        >>> printable("Größe 数")
        'Größe 数'
    """
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _PERHAPS_HIDDEN.sub(_plain_or_spelt_out, text)


def html_text(text: str) -> str:
    """A text as HTML shows it literally: markup is escaped, control characters are spelt out.

    Example:
        >>> html_text("R&D <b>")
        'R&amp;D &lt;b&gt;'
    """
    return html.escape(printable(text))


def _plain_or_spelt_out(found: re.Match[str]) -> str:
    character = found[0]
    return character if _is_plain(character) or _is_joined(found) else _spelt_out(character)


def _is_joined(found: re.Match[str]) -> bool:
    """Whether a character is a joiner between two that it may join: none of Latin, Greek or Cyrillic."""
    around = found.string[max(found.start() - 1, 0) : found.end() + 1]
    if found[0] not in _JOINERS or len(around) < 3:
        return False
    return all(each.isprintable() and each >= _FIRST_JOINED for each in (around[0], around[2]))


def _is_plain(character: str) -> bool:
    return character.isprintable() or character in "\n\t" or unicodedata.category(character) == "Zs"


def _spelt_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def free_name(name: str, is_taken: Callable[[str], object], form: str = "{}_{}") -> str:
    """A name that is not taken: this one, or this one with the first number from 2 that makes it so.

    Args:
        name: The name that is wanted.
        is_taken: Whether something else has a name.
        form: How name and number are put together.

    Example:
        >>> free_name("bus", {"bus", "bus_2"}.__contains__), free_name("api", {"bus"}.__contains__)
        ('bus_3', 'api')
    """
    numbered = (form.format(name, number) for number in itertools.count(2))
    return next(each for each in itertools.chain([name], numbered) if not is_taken(each))


class FreeNames:
    """Gives names of which none comes twice; however often one is wanted, the next is found at once.

    Args:
        form: How name and number are put together.
        same: What two names have in common that count as one.

    Example:
        >>> names = FreeNames(same=str.casefold)
        >>> [names.take(each) for each in ("bus", "Bus", "api", "bus")]
        ['bus', 'Bus_2', 'api', 'bus_3']
    """

    def __init__(self, form: str = "{}_{}", same: Callable[[str], str] = str) -> None:
        self._form, self._same = form, same
        self._last: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return self._same(name) in self._last

    def take(self, name: str) -> str:
        """This name, or it with the first number from 2 that makes it free; it is taken then."""
        last = self._last.get(self._same(name))
        if last is None:
            self._last[self._same(name)] = 1
            return name
        numbers = itertools.count(last + 1)
        free, number = next(
            (free, number) for number in numbers if (free := self._form.format(name, number)) not in self
        )
        self._last[self._same(name)] = number
        self._last[self._same(free)] = 1
        return free


def slug(title: str) -> str:
    """A title as the name of a file or a view: letters, digits and single underscores, lower case.

    Example:
        >>> slug("How can we  manage & provision?")
        'how_can_we_manage_provision'
        >>> slug("???")
        'unnamed'
    """
    normal = folded(title)
    return _NOT_IN_SLUG.sub("_", normal).strip("_") or "unnamed"


def folded(name: str) -> str:
    """A name in normal form without capital letters. Some file systems tell no more names apart.

    Example:
        >>> folded("Straße") == folded("STRASSE")
        True
    """
    return unicodedata.normalize("NFKC", name).casefold()
