"""Rules that compare field notes and model, and the findings that they tell."""

from codeable.checks.configuration import Configuration, configuration
from codeable.checks.finding import Edit, Finding, Place, Related, Severity
from codeable.checks.rule import Rule
from codeable.checks.rules import RULES
from codeable.checks.run import SILENCE_CODES, Report, check

__all__ = [
    "RULES",
    "SILENCE_CODES",
    "Configuration",
    "Edit",
    "Finding",
    "Place",
    "Related",
    "Report",
    "Rule",
    "Severity",
    "check",
    "configuration",
]
