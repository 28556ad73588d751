"""Studies of cells for the tests of plots."""

import random

from codeable.dsl import CClass, add_links, force, practice, source
from codeable.study import Study

HOSTILE = {
    "math": "$x_1$ \\frac{a}{b} _{^",
    "html": "<script>alert(1)</script> & </svg>",
    "long": "Word" * 80,
    "many_words": "a rather long name of a code " * 12,
    "bidi": "abc \u202edcba\u202c",
    "rtl": "שלום עולם",
    "cjk": "数据平台",
    "emoji": "👩‍👩‍👧 🦀",
    "lines": "two\nlines\tand a tab",
    "blank": "   ",
    "control": "a\x00b\x1b[31m",
    "private": "\ue000\ufffe",
}


def study_of(sources: int, codes: int, seed: int = 3) -> Study:
    """A study in which the first codes are in most sources."""
    draw = random.Random(seed)
    names = [f"code_{number}" for number in range(codes)]
    elements = {
        name: CClass(draw.choice([practice, force]), name.replace("_", " ").title()) for name in names
    }
    found = {}
    for number in range(1, sources + 1):
        found[f"s{number}"] = CClass(source, f"s{number}")
        held = [elements[name] for rank, name in enumerate(names) if draw.random() < 1 / (1 + rank / 4)]
        add_links({found[f"s{number}"]: held}, role_name="contained_code")
    return Study.of({**elements, **found})


def study_holding(numbers: list[int]) -> Study:
    """A study with a source for each number, which holds so many codes of its own."""
    found = {}
    for position, number in enumerate(numbers, 1):
        codes = {f"c_{position}_{each}": CClass(practice, f"C {position} {each}") for each in range(number)}
        found |= {**codes, f"s{position}": CClass(source, f"s{position}")}
        if codes:
            add_links({found[f"s{position}"]: list(codes.values())}, role_name="contained_code")
    return Study.of(found)


def study_named(title: str) -> Study:
    """A study of one code of that name, in one source."""
    found = {"code": CClass(practice, title), "s1": CClass(source, "s1")}
    add_links({found["s1"]: found["code"]}, role_name="contained_code")
    return Study.of(found)


def hostile_study() -> Study:
    """A study with names that break drawings."""
    elements = {name: CClass(practice, title) for name, title in HOSTILE.items()}
    sources = {name: CClass(source, f"{name} $\\alpha$ <b>&") for name in ("s1", "s2")}
    for each in sources.values():
        add_links({each: list(elements.values())}, role_name="contained_code")
    return Study.of({**elements, **sources})
