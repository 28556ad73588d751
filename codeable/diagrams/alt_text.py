"""A diagram in sentences, for readers who cannot see it. Called by `render` and figures of a study.

Options, solutions and forces have the order and the words that a reader of the picture sees. A sign is told
by its meaning, because screen readers leave signs out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from codeable.diagrams.diagram import Edge, Node
from codeable.diagrams.impact_signs import SIGNS, UNTOLD
from codeable.text import counted

_MOST = 300
"""Options, boxes, arrows, and solutions with forces that are told, of each."""
_VERBS = {"next": "is followed by", "context": "is about"}


def alt_text(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """The diagram in sentences: each decision with its options, the other boxes, the arrows, the impacts.

    Of a very large diagram only the first ones of each are told, and how many there are besides.

    Args:
        nodes: The boxes, at least one.
        edges: The arrows.

    Example:
        >>> from codeable.diagrams.kinds import NODE_KINDS, OPTION
        >>> nodes = [Node("a", NODE_KINDS[0], "Where does it run?"), Node("b", NODE_KINDS[1], "Cloud")]
        >>> alt_text(nodes, [Edge("a", "b", OPTION, "Rent it")])
        'Decision "Where does it run?" has 1 option: 1. Rent it: Cloud (practice).'
    """
    if nodes[0].kind.key == "empty":
        return nodes[0].name
    return " ".join(_Describer(nodes, edges).sentences())


class _Describer:
    def __init__(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
        self._nodes = nodes
        self._by_identifier = {node.identifier: node for node in nodes}
        self._options: dict[str, list[Edge]] = {}
        self._arrows: list[Edge] = []
        self._impacts: dict[str, list[tuple[str, str]]] = {}
        for edge in edges:
            if edge.kind.key == "option":
                self._options.setdefault(edge.source, []).append(edge)
            elif edge.kind.key == "impact":
                force = self._by_identifier[edge.target].name
                self._impacts.setdefault(edge.source, []).append((edge.label, force))
            else:
                self._arrows.append(edge)
        for node in nodes:
            if node.impacts:
                found = [(impact.sign, impact.force) for impact in node.impacts]
                self._impacts.setdefault(node.identifier, []).extend(found)

    def sentences(self) -> Iterator[str]:
        yield from self._decisions()
        yield from self._boxes()
        yield from self._relations()
        yield from self._forces()

    def _decisions(self) -> Iterator[str]:
        """Each box with options, and its options."""
        told = 0
        left_out = 0
        for identifier, options in self._options.items():
            shown = options[: _MOST - told]
            told += len(shown)
            if not shown:
                left_out += 1
                continue
            node = self._by_identifier[identifier]
            kind = node.kind.word[:1].upper() + node.kind.word[1:]
            texts = [f"{number}. {self._option(option)}" for number, option in enumerate(shown, 1)]
            texts += _and_more(len(options) - len(shown), "option")
            about = _in_brackets(_details(node)[1:])
            count = counted(len(options), "option")
            yield f'{kind} "{_line(node.name)}"{about} has {count}: {_listed(texts)}'
        yield from (f"{more} with options." for more in _and_more(left_out, "box", "boxes"))

    def _option(self, option: Edge) -> str:
        solution = self._by_identifier[option.target]
        texts = (*option.stereotypes, option.label, *option.notes)
        text = "; ".join(_line(each) for each in texts if each.strip())
        name = f"{_line(solution.name)}{_in_brackets(_details(solution))}"
        option_text = f"{text}: {name}" if text else name
        description = _line(option.description).removesuffix(".")
        return f"{option_text} – {description}" if description else option_text

    def _boxes(self) -> Iterator[str]:
        """The boxes that are no decisions with options, and no options, by their kind."""
        told = set(self._options)
        told.update(option.target for options in self._options.values() for option in options)
        others = [node for node in self._nodes if node.identifier not in told]
        by_kind: dict[str, list[str]] = {}
        for node in others[:_MOST]:
            details = _in_brackets(_details(node)[1:])
            by_kind.setdefault(node.kind.word or "box", []).append(f"{_line(node.name)}{details}")
        for word, names in by_kind.items():
            yield f"{word[:1].upper()}{word[1:]}: {_listed(names)}"
        yield from (f"{more}." for more in _and_more(len(others) - _MOST, "box", "boxes"))

    def _relations(self) -> Iterator[str]:
        arrows = self._arrows[:_MOST]
        for (source, verb), group in groupby(arrows, key=lambda edge: (edge.source, _verb(edge))):
            targets = (self._target(edge) for edge in group)
            yield f"{_line(self._by_identifier[source].name)} – {verb}: {_listed(targets)}"
        yield from (f"{more}." for more in _and_more(len(self._arrows) - len(arrows), "arrow"))

    def _target(self, edge: Edge) -> str:
        words = [_line(each) for each in (edge.label, *edge.notes, edge.evidence) if each.strip()]
        return f"{_line(self._by_identifier[edge.target].name)}{_in_brackets(words)}"

    def _forces(self) -> Iterator[str]:
        """The impacts of each solution, those of one sign together."""
        for identifier in list(self._impacts)[:_MOST]:
            runs: dict[str, list[str]] = {}
            for sign, force in self._impacts[identifier]:
                runs.setdefault(sign, []).append(_line(force))
            texts = (f"{_verb_of(sign)} on {', '.join(forces)}" for sign, forces in runs.items())
            yield f"Impacts of {_line(self._by_identifier[identifier].name)}: {_listed(texts)}"
        more = _and_more(len(self._impacts) - _MOST, "solution")
        yield from (f"{each} with impacts." for each in more)


def _details(node: Node) -> list[str]:
    """What a box says besides its name; its kind is the first."""
    texts = (*node.stereotypes, node.evidence, *node.values, *node.notes)
    return [node.kind.word, *(_line(text) for text in texts if text.strip())]


def _verb(edge: Edge) -> str:
    return ", ".join(map(_line, edge.stereotypes)) or _VERBS.get(edge.kind.key, edge.kind.word)


def _verb_of(sign: str) -> str:
    """The meaning of a sign before "on"; an impact that is not told acts."""
    return "acts" if sign == UNTOLD or not sign.strip() else SIGNS.get(sign, _line(sign))


def _in_brackets(texts: Iterable[str]) -> str:
    inside = ", ".join(filter(None, texts))
    return f" ({inside})" if inside else ""


def _listed(texts: Iterable[str]) -> str:
    """Texts as the end of a sentence."""
    return f"{'; '.join(texts)}."


def _and_more(count: int, one: str, many: str | None = None) -> list[str]:
    if count <= 0:
        return []
    return [f"And {counted(count, f'more {one}', many and f'more {many}')}"]


def _line(text: str) -> str:
    return " ".join(text.split())
