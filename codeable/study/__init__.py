"""The front that users hold: a study with its collections, figures and passages."""

from codeable.study.figure import Figure
from codeable.study.study import Study, load

__all__ = ["Figure", "Study", "load"]
