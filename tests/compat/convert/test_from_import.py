"""Changes of a `from` import keep what they do not concern, whatever its layout."""

import ast
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.compat.convert.from_import import changed
from codeable.compat.convert.module_edits import ModuleEdits

_NAMES = ["a", "bb as c", "d  as  e", "é", "f"]
_GAPS = ["", " ", "  # memo, (x\n    ", "\n", "\n\n    ", "\t", "\r\n    # é\r\n    "]


@st.composite
def imports(draw):
    """Text of an import with brackets and any layout, or without brackets."""
    count = draw(st.integers(1, len(_NAMES)))
    names = draw(st.permutations(_NAMES))[:count]
    if draw(st.booleans()):
        gap = draw(st.sampled_from(["", " ", "\\\n  "]))
        return f"from .m.n import {f'{gap},{gap}'.join(names)}", count
    gaps = st.sampled_from(_GAPS)
    listed = "".join(
        f"{draw(gaps)}{name}{draw(gaps)}{',' if number < count - 1 else draw(st.sampled_from(['', ',']))}"
        for number, name in enumerate(names)
    )
    return f"from .m.n import ({listed}{draw(gaps)})", count


@settings(max_examples=150, deadline=None)
@given(imports(), st.sets(st.integers(0, 4)), st.booleans())
def test_what_is_left_imports_what_it_imported(source, removed, renames):
    text, count = source
    removed = {each for each in removed if each < count}
    if len(removed) == count:
        removed.discard(0)
    tree = ast.parse(text)
    before = tree.body[0]
    kept = [each for number, each in enumerate(before.names) if number not in removed]
    renamed = {number: f"new as {each.asname or each.name}" for number, each in enumerate(before.names)}
    module = ModuleEdits(Path("m.py"), "m", text, tree)
    new = changed(module, before, "x.y", renamed if renames else {}, removed)
    after = ast.parse(new).body[0]
    assert (after.level, after.module) == (0, "x.y")
    assert [each.asname or each.name for each in after.names] == [each.asname or each.name for each in kept]
    assert all(each.name == "new" for each in after.names) or not renames
    assert new.count("# memo") == text.count("# memo") and new.count("# é") == text.count("# é")
