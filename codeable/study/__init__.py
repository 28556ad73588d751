"""What users hold: `Study`, with its collections, figures, passages and checks."""

from codeable.study.study import Study, load, load_json

__all__ = ["Study", "load", "load_json"]
