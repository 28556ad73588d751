"""The links of codes that become one, in the modules: none is made twice, and none leads to itself."""

import ast
from collections.abc import Iterator, Mapping

from codeable.kernel.place import Span, shown_place
from codeable.lines import Edit
from codeable.names.merging.link_pairs import LinkPair, link_pairs, place_of, without_entry, without_pair
from codeable.names.merging.work import MergeWork
from codeable.names.modules import Module
from codeable.names.renaming.plan import PlaceRemark
from codeable.names.renaming.refusals import RenameRefusedError

_Key = tuple[str, str, str]
_SEVERAL = (ast.List, ast.Tuple, ast.Set)


def with_single_links(work: MergeWork, paths: list[str]) -> None:
    """Take out the links that the code that stays has already, and those to itself."""
    stated: dict[_Key, tuple[LinkPair, Span]] = {}
    for path, module in work.study.modules.items():
        for pair in link_pairs(work.tree(path)) if work.into in module.text else ():
            if not _goes(work, pair):
                stated.setdefault(pair.key, (pair, place_of(module, pair)))
    for path in paths:
        while (found := _link_too_many(work, path, stated)) is not None:
            _take_out(work, path, found, stated)
        module = work.module(path)
        for pair in link_pairs(work.tree(path)):
            if _goes(work, pair):
                stated.setdefault(_key(work, pair), (pair, place_of(module, pair)))
        work.gone += _keys_said_twice(work, path)
        _twice_in_dicts(work, path)
        _twice_in_lists(work, path)


def _goes(work: MergeWork, pair: LinkPair) -> bool:
    return pair.source in work.names or pair.target in work.names


def _key(work: MergeWork, pair: LinkPair) -> _Key:
    kind, source, target = pair.key
    return kind, work.now(source), work.now(target)


def _link_too_many(
    work: MergeWork, path: str, stated: Mapping[_Key, tuple[LinkPair, Span]]
) -> LinkPair | None:
    here: set[_Key] = set()
    for pair in link_pairs(work.tree(path)):
        if _goes(work, pair):
            key = _key(work, pair)
            if key in stated or key in here or key[1] == key[2]:
                return pair
            here.add(key)
    return None


def _take_out(
    work: MergeWork, path: str, pair: LinkPair, stated: Mapping[_Key, tuple[LinkPair, Span]]
) -> None:
    module, key = work.module(path), _key(work, pair)
    edit = without_pair(module, pair)
    if edit is None:
        at = _original_place(work, path, pair)
        what = f"lead from {key[1]} to itself" if key[1] == key[2] else "be made twice"
        raise RenameRefusedError(
            f"{shown_place(at)}: this link would {what}, and it has a name; take it out by hand first",
            at,
        )
    what = f"{pair.kind} {pair.source} – {pair.target}" + (f" {pair.said!r}" if pair.said else "")
    reason = f"{what}: a link of '{work.into}' to itself"
    if key[1] != key[2]:
        other, place = stated.get(key, (None, None))
        if other is None or other.said == pair.said:
            reason = ""
        else:
            reason = f"{what}: '{work.into}' has {other.said!r} ({shown_place(place)})"
    if reason:
        work.gone.append(PlaceRemark(_original_place(work, path, pair), reason))
    work.edit(path, edit)


def _original_place(work: MergeWork, path: str, pair: LinkPair) -> Span:
    """Where a link is in the file as it is."""
    module = work.study.modules[path]
    for one in link_pairs(module.tree) if module.tree is not None else ():
        if (one.key, one.said) == (pair.key, pair.said):
            return place_of(module, one)
    return Span(path, 1, 1, 1, 1)


def _twice_in_dicts(work: MergeWork, path: str) -> None:
    """Make one entry of two whose keys become one name: in Python, the last one alone would count."""
    while (found := _double_key(work, path)) is not None:
        table, kept, other = found
        module = work.module(path)
        pairs = [(key or value, value) for key, value in zip(table.keys, table.values, strict=True)]
        into, more = pairs[kept][1], _content(module, pairs[other][1])
        cut = without_entry(module, pairs, other)
        work.edit(path, cut, _longer(module, into, more))


def _double_key(work: MergeWork, path: str) -> tuple[ast.Dict, int, int] | None:
    for node, same in _dicts_with_it_twice(work, work.tree(path)):
        if _can_be_joined(node):
            own = [index for index in same if getattr(node.keys[index], "id", "") == work.into]
            kept = own[0] if own else same[0]
            return node, kept, next(index for index in same if index != kept)
    return None


def _dicts_with_it_twice(work: MergeWork, tree: ast.Module) -> Iterator[tuple[ast.Dict, list[int]]]:
    """The dictionaries in which the one that stays is a key more than once, with the places of these keys."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            names = [work.now(key.id) if isinstance(key, ast.Name) else None for key in node.keys]
            same = [index for index, name in enumerate(names) if name == work.into]
            if len(same) > 1:
                yield node, same


def _can_be_joined(table: ast.Dict) -> bool:
    return None not in table.keys and not any(isinstance(value, ast.Constant) for value in table.values)


def _keys_said_twice(work: MergeWork, path: str) -> Iterator[PlaceRemark]:
    """The dictionaries of a module's own that say two things of the code that stays."""
    module = work.study.modules[path]
    for node, same in _dicts_with_it_twice(work, module.tree) if module.tree is not None else ():
        key = node.keys[same[0]]
        if key is not None and not _can_be_joined(node):
            said = f"'{work.into}' is a key twice here; only the last one counts"
            yield PlaceRemark(module.span(key), said)


def _content(module: Module, node: ast.expr) -> str:
    """The entries of a list or a dictionary; anything else as it is."""

    def source(first: ast.expr, last: ast.expr) -> str:
        return module.text[module.span(first).start : module.span(last).end]

    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return ", ".join(source(key or value, value) for key, value in pairs)
    return ", ".join(source(each, each) for each in (node.elts if isinstance(node, _SEVERAL) else [node]))


def _longer(module: Module, node: ast.expr, more: str) -> Edit:
    """The edit that adds entries to a list or a dictionary, or makes a list of a single entry."""
    span = module.span(node)
    if isinstance(node, (ast.Dict, *_SEVERAL)):
        values = node.values if isinstance(node, ast.Dict) else node.elts
        at = module.span(values[-1]).end if values else span.start + 1
        return Edit(module.path, at, at, f", {more}" if values else more)
    return Edit.of(span, f"[{module.text[span.start : span.end]}, {more}]")


def _twice_in_lists(work: MergeWork, path: str) -> None:
    """Take a name out of a list that has the name that it becomes. In a tuple each has a place of its own."""
    while (found := _double_entry(work, path)) is not None:
        entries, index = found
        work.edit(path, without_entry(work.module(path), [(each, each) for each in entries], index))


def _double_entry(work: MergeWork, path: str) -> tuple[list[ast.expr], int] | None:
    for node in ast.walk(work.tree(path)):
        if isinstance(node, ast.Set) or (isinstance(node, ast.List) and isinstance(node.ctx, ast.Load)):
            names = [each.id if isinstance(each, ast.Name) else "" for each in node.elts]
            goes = [index for index, name in enumerate(names) if name in work.names]
            if goes and sum(work.now(name) == work.into for name in names) > 1:
                return node.elts, goes[-1]
    return None
