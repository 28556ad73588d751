"""`codeable_models`, for a program whose PYTHONPATH names this folder."""

from codeable.compat.finder import take_place

take_place(__name__)
