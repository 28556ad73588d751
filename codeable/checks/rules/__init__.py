"""The rules, by what they look at."""

from codeable.checks.rule import Rule
from codeable.checks.rules import codes, drift, metadata, model, renames, structure

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *metadata.RULES,
    *codes.RULES,
    *renames.RULES,
    *model.RULES,
    *drift.RULES,
)
"""Every rule, in order of its code."""
