"""The kernel's error, under the name of its CodeableModels module."""

from codeable.kernel import CException
