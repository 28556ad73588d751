"""Rules that compare field notes with the model, and the diagnostics that they report.

Called by `codeable check` and `Study.check`.
"""

from codeable.checks.configuration import Configuration, configuration
from codeable.checks.diagnostic import Diagnostic, Related, Report, Rule, Severity
from codeable.checks.rules import RULES
from codeable.checks.run import check
from codeable.checks.suppression import SUPPRESSION_CODES
from codeable.lines import Edit

__all__ = [
    "RULES",
    "SUPPRESSION_CODES",
    "Configuration",
    "Diagnostic",
    "Edit",
    "Related",
    "Report",
    "Rule",
    "Severity",
    "check",
    "configuration",
]
