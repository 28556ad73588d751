"""Find passages of the field notes by their words, codes, sources, kinds of codes and coders.

`Study.find` and `codeable find` ask it. What is found is in `passages_found`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeAlias, get_args

from attrs import evolve, field, frozen

from codeable.coded.coded_study import Code, CodedPassage, CodedStudy
from codeable.errors import CodeableError
from codeable.kernel import CNamedElement
from codeable.registry.answer import Answer
from codeable.registry.records import Kind
from codeable.reports.passages_found import FoundPassage, FoundPassages
from codeable.reports.word_search import SearchableText, SearchWord, merged
from codeable.text import counted, did_you_mean, first_few, shown

Named: TypeAlias = str | CNamedElement
"""An element or its name."""

_MOST_NAMES = 20


def _several(given: object) -> tuple[object, ...]:
    """What was given as a tuple; one name or element alone is one."""
    if given is None:
        return ()
    return tuple(given) if isinstance(given, list | tuple | set | frozenset | Answer) else (given,)


@frozen(kw_only=True)
class PassageQuery:
    """What passages are looked for. A passage must fit every part that is given.

    Attributes:
        words: Words that must all be in the passage. A word is found by its beginning, whatever its case and
            accents.
        codes: Codes of which the passage must have one.
        also: Codes of which it must have each.
        sources: The sources that it may be from.
        kinds: The kinds of codes of which it must have one, such as "force"; "dropped" for codes that the
            modules do not declare.
        coders: The coders that may have coded it.
        subcodes: Whether a code counts as found where one of its sub-codes is.
    """

    words: tuple[str, ...] = field(default=(), converter=_several)
    codes: tuple[Named, ...] = field(default=(), converter=_several)
    also: tuple[Named, ...] = field(default=(), converter=_several)
    sources: tuple[Named, ...] = field(default=(), converter=_several)
    kinds: tuple[str, ...] = field(default=(), converter=_several)
    coders: tuple[str, ...] = field(default=(), converter=_several)
    subcodes: bool = False


@frozen
class _Condition:
    """What a passage must fit, how a message calls it, and what is said where no passage fits it."""

    name: str
    fits: Callable[[CodedPassage, SearchableText], bool]
    nowhere: str


def find(study: CodedStudy, query: PassageQuery) -> FoundPassages:
    """The passages of a study that fit a query; without any condition, all of them.

    Raises:
        UnknownNameError: A code is not known; a `KeyError` with the nearest names.
        AmbiguousNameError: Several elements have the name of a code.
        CodeableError: There is no such source, kind or coder; a word is empty; exit status 2.
    """
    words = list(_words(query.words))
    conditions = [*map(_with_word, words), *_conditions(study, query)]
    texts = [(each, SearchableText(each.passage.text)) for each in study.passages]
    passages = [
        FoundPassage(
            each.passage,
            each.codes,
            study.file_of(each.passage.path),
            merged(mark for word in words for mark in word.marks(text)),
        )
        for each, text in texts
        if all(condition.fits(each, text) for condition in conditions)
    ]
    messages = [] if passages else list(_why_nothing(texts, conditions, words))
    messages += _only_in_subcodes(study, query, len(passages))
    looked_for = ", ".join(condition.name for condition in conditions)
    return FoundPassages(passages, study.registry.state, looked_for, tuple(messages))


def _words(given: Iterable[object]) -> Iterator[SearchWord]:
    for words in given:
        if not isinstance(words, str):
            raise CodeableError(f"words are texts, not {shown(words)}", exit_status=2)
        yield from map(SearchWord, words.split() or [words])


def _with_word(word: SearchWord) -> _Condition:
    said = f"no passage has a word that begins with {shown(word.word)}"
    return _Condition(shown(word.word), lambda _, text: bool(word.marks(text)), said)


def _conditions(study: CodedStudy, query: PassageQuery) -> Iterator[_Condition]:
    if query.codes:
        codes = [study.code_named(code) for code in query.codes]
        yield _with_code(study, codes, query.subcodes)
    for named in query.also:
        yield _with_code(study, [study.code_named(named)], query.subcodes)
    if query.sources:
        sources = [_source(study, source) for source in query.sources]
        said = f"the notes have no passage of {_either(sources)}"
        yield _Condition(f"source {_either(sources)}", lambda each, _: each.passage.source in sources, said)
    if query.kinds:
        kinds = [_known_kind(study, kind) for kind in query.kinds]
        name = f"a code of the kind {_either(kinds)}"
        said = f"no passage has {name}"
        yield _Condition(name, lambda each, _: any(code.kind in kinds for code in each.codes), said)
    if query.coders:
        known = dict.fromkeys(note.coder for note in study.notes if note.coder)
        coders = [_known(coder, "coder", known) for coder in query.coders]
        said = f"{_either(coders)} coded no passage"
        yield _Condition(f"coder {_either(coders)}", lambda each, _: each.passage.coder in coders, said)


def _with_code(study: CodedStudy, codes: Sequence[Code], subcodes: bool) -> _Condition:
    wanted = {*codes, *(each for code in codes for each in _subcodes(study, code) if subcodes)}
    name = _either([code.name for code in codes])
    sources = [source for source in study.source_names if any(source in code.sources for code in codes)]
    but = f", but the modules find it in {first_few(sources, _MOST_NAMES)}" if sources else ""
    said = f"no passage of the notes mentions {name}{but}"
    return _Condition(f"code {name}", lambda each, _: not wanted.isdisjoint(each.codes), said)


def _subcodes(study: CodedStudy, code: Code) -> list[Code]:
    if code.element is None:
        return []
    return [study.code_of[each] for each in study.registry.subcodes_of(code.element)]


def _source(study: CodedStudy, source: Named) -> str:
    """The name of a source that modules or notes know."""
    names = dict.fromkeys([*study.source_names, *(each.passage.source for each in study.passages)])
    if isinstance(source, str) and source in names:
        return source
    if source in study.registry:
        declaration = study.registry.look_up(source)
        if declaration.kind != "source":
            raise CodeableError(f"{declaration.describe()} is no source", exit_status=2)
        return study.name_of(declaration.element)
    return _known(source, "source", names)


def _known_kind(study: CodedStudy, kind: object) -> str:
    """A kind that codes can have."""
    if kind in get_args(Kind):
        return str(kind)
    return _known(kind, "kind", dict.fromkeys(code.kind for code in (*study.codes, *study.dropped_codes)))


def _known(name: object, what: str, known: Collection[str]) -> str:
    """A name that is one of those that are known.

    Raises:
        CodeableError: It is none of them.
    """
    if isinstance(name, str) and name in known:
        return name
    if known:
        rest = f"\nThe {what}s are: {first_few(list(known), _MOST_NAMES)}"
    else:
        rest = "; no note says who coded it" if what == "coder" else "; there are none"
    raise CodeableError(f"there is no {what} {shown(name)}{did_you_mean(name, known)}{rest}", exit_status=2)


def _either(names: Sequence[str]) -> str:
    return " or ".join(names)


def _why_nothing(
    texts: Sequence[tuple[CodedPassage, SearchableText]],
    conditions: Sequence[_Condition],
    words: Iterable[SearchWord],
) -> Iterator[str]:
    """How many passages fit each condition alone, and the words that are like one that is nowhere."""
    if not texts:
        yield "the field notes have no passages"
        return
    fitting = {each: sum(each.fits(*text) for text in texts) for each in conditions}
    if len(conditions) > 1:
        alone = ", ".join(f"{each.name} {counted(number, 'passage')}" for each, number in fitting.items())
        yield f"no passage fits all of these; each alone: {alone}"
    given = {shown(word.word): word.word for word in words}
    known: dict[str, None] = {}
    for condition, number in fitting.items():
        if number:
            continue
        if condition.name in given and not known:
            known = dict.fromkeys(word for _, text in texts for word in text.words())
        near = did_you_mean(given[condition.name], known) if condition.name in given else ""
        yield f"{condition.nowhere}{near}"


def _only_in_subcodes(study: CodedStudy, query: PassageQuery, number: int) -> Iterator[str]:
    """How many passages more there are where sub-codes count."""
    named = [study.code_named(code) for code in (*query.codes, *query.also)]
    below = list(dict.fromkeys(each.name for code in named for each in _subcodes(study, code)))
    if below and not query.subcodes:
        more = len(find(study, evolve(query, subcodes=True))) - number
        if more:
            which = first_few(below, _MOST_NAMES)
            way_out = "--subcodes, in Python subcodes=True, counts them, too"
            yield f"{counted(more, 'more passage')} with sub-codes ({which}); {way_out}"
