"""What users hold: `Study`, with its collections, figures, passages and checks."""

from codeable.study.study import Study, load

__all__ = ["Study", "load"]
