"""Attributes, under the name of its CodeableModels module."""

from codeable.kernel import CAttribute
