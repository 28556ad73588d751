"""The statements of a module as those of a trace, read by the reader of notes. No module is run."""

from weakref import WeakKeyDictionary

from codeable.names.modules import Module
from codeable.notes.block_reader import TraceContext
from codeable.notes.model import TraceStatement
from codeable.notes.statements import StatementReader

_read: "WeakKeyDictionary[Module, tuple[TraceStatement, ...]]" = WeakKeyDictionary()


def statements_of(module: Module) -> tuple[TraceStatement, ...]:
    """The declarations, options, impacts, relations and codes of sources that a module states.

    They are read once for each text. What stands in a function or a loop is not among them.

    Example:
        >>> [one.name for one in statements_of(Module("a.py", "bus = CClass(pattern, 'Bus')"))]
        ['Bus']
    """
    known = _read.get(module)
    if known is None:
        lines = module.lines
        known = tuple(StatementReader(lines, TraceContext()).statements(lines.lines, 0))
        _read[module] = known
    return known
