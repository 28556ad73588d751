"""Names that nothing binds, in modules that are read and not run."""

import importlib
from pathlib import Path

from codeable.editor.python.unknown_names import ModuleScopes
from codeable.names.modules import Module
from tests.studies import SMALL, write_study

A = """
from codeable.dsl import *
bus = CClass(pattern, "Bus")
def make(name, *others, key=None, **more):
    global made
    made = CClass(practice, name)
    local = [each for each in others if each]
    class Inner:
        first = local
        second = [first, self_is_nowhere]
        def method(self): return self, first
    return lambda each, x=key: (each, x, more, local)
if (found := make("x")):
    del found
try:
    import tomllib as toml
except ImportError as error:
    print(error, __name__, __file__)
for number, (one, *rest) in {1: (2, 3)}.items():
    with open(number) as file: print(one, rest, file, made, toml)
match bus:
    case [first_part, *tail] | {"a": first_part, **tail}: print(first_part, tail)
    case CClass(name=taken) as whole: print(taken, whole)
print(f"{buss} {bus}", buss)
ähnlich = ａhnlich
"""


def unknown(files: dict[str, str], path: str) -> list[tuple[str, str]]:
    modules = {f"/study/{name}": Module(f"/study/{name}", text) for name, text in files.items()}
    found = ModuleScopes("/study", modules).unknown_in(f"/study/{path}")
    text = modules[f"/study/{path}"].text
    return [(text[one.span.start : one.span.end], one.message) for one in found]


def test_what_nothing_binds_is_found_and_the_nearest_name_is_said() -> None:
    assert unknown({"models/a.py": A}, "models/a.py") == [
        ("self_is_nowhere", "'self_is_nowhere' is bound nowhere"),
        ("first", "'first' is bound nowhere; did you mean 'first_part' or 'rest'?"),
        ("buss", "'buss' is bound nowhere; did you mean 'bus' or 'uses'?"),
        ("ａhnlich", "'ahnlich' is bound nowhere; did you mean 'ähnlich'?"),
    ]
    assert unknown({"models/a.py": "x = practise\n("}, "models/a.py") == []


def test_imports_are_followed_through_the_study() -> None:
    files = {
        "models/a.py": "from codeable.dsl import *\nbus = queue = CClass(pattern, 'Bus')\n",
        "models/__init__.py": "",
        "models/sub/b.py": "from models.a import bus as b\nfrom ..a import *\n"
        "print(b, queue, bus, pattern, que)\n",
        "models/c.py": "from models.a import busses, queue\nfrom models import a, nothing\nimport models.a\n"
        "print(models.a.bus, a)\n",
        "models/d.py": "print(queue, practice, practises)\n",
        "models/e.py": "from somewhere import *\nprint(anything)\nfrom models.a import anything_else\n",
        "models/f.py": "from models.g import *\nprint(anything)\n",
        "models/g.py": "from models.f import *\n(",
    }
    assert unknown(files, "models/sub/b.py") == [("que", "'que' is bound nowhere; did you mean 'queue'?")]
    assert unknown(files, "models/c.py") == [
        ("busses", "models.a has no 'busses'; did you mean 'uses' or 'bus'?"),
        ("nothing", "models has no 'nothing'"),
    ]
    assert unknown(files, "models/d.py") == [
        ("queue", "'queue' is bound nowhere; models.a has it: from models.a import queue"),
        (
            "practice",
            "'practice' is bound nowhere; it is in the vocabulary: from codeable.dsl import practice",
        ),
        ("practises", "'practises' is bound nowhere"),
    ]
    assert unknown(files, "models/e.py") == [("anything_else", "models.a has no 'anything_else'")]
    assert unknown(files, "models/f.py") == []


def test_no_module_of_ours_that_runs_has_such_a_name(tmp_path: Path) -> None:
    write_study(tmp_path, SMALL)
    package = Path(str(importlib.import_module("codeable").__file__)).parent
    modules = [*tmp_path.rglob("*.py"), *package.glob("[a-f]*.py")]
    read = {str(path): Module(str(path)) for path in modules}
    names = ModuleScopes(str(tmp_path), read)
    assert [(path, one.name) for path in read for one in names.unknown_in(path)] == []
