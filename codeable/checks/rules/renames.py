"""C307: renames in the settings that lead to no code, and the fix that carries renames out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from codeable.checks.claims_from_notes import kind_and_name
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule
from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.names.identifiers import is_bindable, normal
from codeable.names.in_modules import module_name, modules_of_study, occurrences_in_module
from codeable.names.in_notes import occurrences_in_note
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.names.toml_texts import toml_texts
from codeable.notes.model import BrokenStatement, FieldNote


@rule("C307", "rename-astray", "warning", "a rename of the settings leads to no code")
def rename_astray(context: Context) -> Iterator[Violation]:
    """To a name that is declared nowhere or cannot be one, in a circle, or away from a code of the model."""
    renames = context.settings.renames
    reported: set[str] = set()
    for old, new in renames.items():
        circle = _circle(renames, old)
        if circle and old not in reported:
            reported.update(circle)
            yield Violation(
                f"the renames lead in a circle: {' → '.join([*circle, circle[0]])}",
                _span(context, old),
                "keep the lines that lead to the current name",
                severity="error",
            )
        elif not circle:
            yield from _astray(context, old, new)


def _astray(context: Context, old: str, new: str) -> Iterator[Violation]:
    unfit = next((name for name in (old, new) if not is_bindable(name)), None)
    declared = context.model_elements.keys() | context.declarations.keys()
    if unfit is not None:
        yield Violation(
            f"'{unfit}' cannot be the name of a code: it is no identifier, or a name of the vocabulary",
            _span(context, old),
            f"so '{old}' is not renamed",
        )
    elif new not in context.settings.renames and new not in declared and old not in context.model_elements:
        near = context.undeclared.nearest(new)
        yield Violation(
            f"'{old}' is renamed to '{new}', which is declared nowhere",
            _span(context, old),
            f'did you mean {old} = "{near}"?' if near is not None else "declare it, or take the line out",
        )
    elif old in context.model_elements and old in context.in_model.codes:
        code = context.in_model.codes[old]
        yield Violation(
            f"'{old}' is renamed to '{context.current(old)}', but the model still declares '{old}'",
            _span(context, old),
            "rename it in its module too, or take the line out",
            (Related(context.span_of(code), f"'{old}' is declared here"),),
        )


def _circle(renames: Mapping[str, str], name: str) -> list[str]:
    """The names of the circle that a name is part of; empty when it is part of none."""
    names = [name]
    while (following := renames.get(names[-1])) is not None and following not in names:
        names.append(following)
    return names if following == name else []


def _span(context: Context, old: str) -> Span:
    """The name in the settings; the first line when it cannot be found."""
    texts = toml_texts(context.settings_file, context.text_of(context.settings_file))
    keys = ("tool", "codeable", "renames")
    found = (one.span for one in texts if one.is_key and one.keys[:-1] == keys and normal(one.value) == old)
    return next(found, Span(context.settings_file, 1, 1, 1, 1))


def rename_edits(context: Context, paths: Iterable[str]) -> Iterator[Edit]:
    """The edits that replace old names by the new ones that the settings give them, in notes and modules.

    Nothing is changed where both names are in use and only the user knows what is meant: in the notes when
    they declare different things under these names, in the modules when one of them has the new name already,
    or when they use two old names of one code.

    Args:
        context: The notes, and the renames of the settings.
        paths: The modules of the study.
    """
    renames = {
        old: new
        for old in context.settings.renames
        if (new := context.current(old)) != old and is_bindable(old) and is_bindable(new)
    }
    if not renames:
        return
    yield from _in_notes(context, renames)
    modules = [context.modules[path] for path in paths]
    if all(module.tree is not None for module in modules):
        yield from _in_modules(modules, str(context.folder), renames)


def _in_notes(context: Context, renames: Mapping[str, str]) -> Iterator[Edit]:
    certain = {old: new for old, new in renames.items() if not _disputed(context, new)}
    for note in context.all_notes:
        if not any(old in note.text for old in certain):
            continue
        for one in _as_read(note):
            if one.name in certain and note.text[one.span.start : one.span.end] == one.name:
                yield Edit.of(one.span, certain[one.name])


def _as_read(note: FieldNote) -> Iterator[Occurrence]:
    """The names of a note that count, without those in statements that are not read."""
    broken = [one.span for one in note.statements if isinstance(one, BrokenStatement)]
    for one in occurrences_in_note(note):
        if one.counts and not any(span.start <= one.span.start < span.end for span in broken):
            yield one


def _disputed(context: Context, new: str) -> bool:
    """Whether the notes declare different things under the old names and the new one."""
    declared = [one for _, one in context.declarations.get(new, ())]
    return (
        len({kind_and_name(one) for one in declared}) > 1
        and len({one.identifier.name for one in declared}) > 1
    )


def _in_modules(modules: Sequence[Module], folder: str, renames: Mapping[str, str]) -> Iterator[Edit]:
    """The edits of the new names that no module has yet, where all places of the old one can be changed."""
    words = frozenset().union(*(module.words for module in modules))
    known = modules_of_study([module.path for module in modules], folder)
    for new in dict.fromkeys(renames.values()):
        used = [old for old in renames if renames[old] == new and old in words]
        if len(used) != 1 or new in words:
            continue
        (old,) = used
        having = [module for module in modules if old in module.words]
        found = [
            one
            for module in having
            for one in occurrences_in_module(module, module_name(module.path, folder), known)
            if one.name == old and not one.alias
        ]
        if not any(one.kept for one in found) and not any(module.strings_saying(old) for module in having):
            yield from (Edit.of(one.span, new) for one in found)
