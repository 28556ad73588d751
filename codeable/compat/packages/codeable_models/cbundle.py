"""Bundles, under the name of its CodeableModels module."""

from codeable.kernel import CBundle, CLayer, CPackage
