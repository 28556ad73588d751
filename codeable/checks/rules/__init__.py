"""All rules, in one module for each group of codes. `run.check` runs them."""

from codeable.checks.diagnostic import Rule
from codeable.checks.rules import (
    codes,
    drift,
    kinds,
    left_out,
    metadata,
    model,
    one_name,
    options,
    renames,
    replacement,
    sources,
    structure,
    unbuilt,
    unstated,
)

_MODULES = (
    structure,
    left_out,
    metadata,
    sources,
    codes,
    one_name,
    renames,
    kinds,
    model,
    options,
    replacement,
    drift,
    unbuilt,
    unstated,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (one for module in _MODULES for one in vars(module).values() if isinstance(one, Rule)),
        key=lambda one: one.code,
    )
)
"""Every rule, in order of its code."""
