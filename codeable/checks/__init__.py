"""Rules that compare field notes with the model, and the diagnostics that they report.

Called by `codeable check` and `Study.check`.
"""

from codeable.checks.configuration import ALL_RULES, Configuration, configuration
from codeable.checks.diagnostic import Diagnostic, Related, Report, Rule, Severity
from codeable.checks.rules import RULES
from codeable.checks.run import check, check_conflicts
from codeable.lines import Edit

__all__ = [
    "ALL_RULES",
    "RULES",
    "Configuration",
    "Diagnostic",
    "Edit",
    "Related",
    "Report",
    "Rule",
    "Severity",
    "check",
    "check_conflicts",
    "configuration",
]
