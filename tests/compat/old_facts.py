"""Runs an old study in a process of its own and prints what it declares, read from the kernel alone.

    python tests/compat/old_facts.py SCRIPT '{"roots": […], "modules": {…}, "format": …, "texts": …}'

Nothing of `registry`, `diagrams` or `compat.convert` takes part: tests compare what these say with it.
`modules` lets a module (a name, or a file) stand for another one, as an alias does.
"""

import contextlib
import gc
import importlib
import importlib.util
import io
import json
import os
import runpy
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import codeable.compat


def facts():
    from codeable_models import CAssociation, CBundle, CClass, CLink, CMetaclass, CObject

    alive = [each for each in gc.get_objects() if isinstance(each, (CMetaclass, CClass, CLink, CBundle))]
    alive = [each for each in alive if not each.is_deleted]

    def class_of(end):
        return getattr(end, "class_object_class", None) or end

    def name(end):
        end = class_of(end)
        return f"{name(end.source)} -> {name(end.target)}" if isinstance(end, CLink) else end.name

    def is_a(element, kind):
        metaclass = getattr(element, "metaclass", None) or getattr(element, "association", None)
        return kind in [metaclass.name, *(each.name for each in metaclass.all_superclasses)]

    found = {}
    classes = {each for each in alive if isinstance(each, CClass)}
    for kind in (
        "Source",
        "Decision",
        "Practice",
        "Pattern",
        "Force",
        "Category",
        "Domain Class",
        "Component",
    ):
        found[kind] = sorted(each.name for each in classes if is_a(each, kind))
    links = {link for each in classes for link in each.links}
    links |= {link for each in links for link in each.links}

    def stereotypes(link):
        return [each.name for each in link.stereotype_instances]

    def of(*labels):
        return [link for link in links if link.association.name in labels]

    found["options"] = sorted(
        [
            name(link.source),
            name(link.target),
            *(link.tagged_values.get(key) or "" for key in ("name", "description")),
        ]
        for link in of("has")
    )
    found["impacts"] = sorted(
        [name(link.source), name(link.target), *stereotypes(link)] for link in of("has force")
    )
    found["relations"] = sorted(
        [name(link.source), name(link.target), *stereotypes(link), link.tagged_values.get("how") or ""]
        for link in of("is dependent on")
    )
    found["evidence"] = sorted(
        [name(link.source), name(link.target)]
        for link in links
        if "evidence" in (link.role_name, link.association.role_name)
    )
    found["values"] = sorted([each.name, sorted(map(list, each.values.items()))] for each in classes)
    found["stereotypes"] = sorted(
        [each.name, stereotypes(each)] for each in classes if each.stereotype_instances
    )
    bundles = []
    for bundle in (each for each in alive if isinstance(each, CBundle)):
        ends = list(dict.fromkeys(class_of(each) for each in bundle.elements))
        if ends and not any(isinstance(each, (CClass, CObject)) for each in ends):
            continue  # of a metamodel
        inside = set(ends)
        arrows = Counter(
            (name(link.source), name(link.target))
            for link in links
            if class_of(link.source) in inside and class_of(link.target) in inside
        )
        for each in inside & classes:
            arrows.update((each.name, above.name) for above in each.superclasses if above in inside)
            own = (one for one in each.associations if isinstance(one, CAssociation) and one.source is each)
            arrows.update((each.name, one.target.name) for one in own if one.target in inside)
        bundles.append([bundle.name, [each.name for each in ends], sorted(map(list, arrows.elements()))])
    found["bundles"] = sorted(bundles)
    return found


def stand_in(name, other):
    """Let a module be found under a name that the study uses for it."""
    if other.endswith(".py"):
        spec = importlib.util.spec_from_file_location(name, other)
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    else:
        sys.modules[name] = module = importlib.import_module(other)
    package, _, last = name.rpartition(".")
    if package:
        try:
            parent = importlib.import_module(package)
        except ImportError:
            parent = sys.modules[package] = ModuleType(package)
            parent.__path__ = []
        setattr(parent, last, module)


def main(script, roots=(), modules=None, format=None):  # noqa: A002
    codeable.compat.install(format=format, images=False)
    script = Path(script).resolve()
    os.chdir(script.parent)
    sys.path[:1] = [str(script.parent), *roots]  # the folder of this file has a package `metamodels`
    for name, other in (modules or {}).items():
        stand_in(name, other)
    with contextlib.redirect_stdout(io.StringIO()):
        kept = runpy.run_path(str(script), run_name="__main__")
    print(json.dumps(facts(), ensure_ascii=False))
    return kept


if __name__ == "__main__":
    main(sys.argv[1], **json.loads(sys.argv[2]))
