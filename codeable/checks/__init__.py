"""Rules that compare field notes and model, and the findings that they tell."""

from codeable.checks.configuration import Configuration, configuration
from codeable.checks.diagnostic import Diagnostic, Edit, Place, Related, Severity
from codeable.checks.rule import Rule
from codeable.checks.rules import RULES
from codeable.checks.run import SILENCE_CODES, Report, check

__all__ = [
    "RULES",
    "SILENCE_CODES",
    "Configuration",
    "Diagnostic",
    "Edit",
    "Place",
    "Related",
    "Report",
    "Rule",
    "Severity",
    "check",
    "configuration",
]
