"""Runs studies written for CodeableModels, its metamodels and its renderer unchanged on codeable's kernel.

The packages that they import are made in memory when one of these is used:

* `codeable compat run SCRIPT [ARG…]` runs a script of a study in its folder;
* `codeable compat path` prints a folder for `PYTHONPATH`;
* `codeable.compat.install()` lets a program import them.

Each study gets its own metaclasses: what it does to them reaches no other study.
"""

from codeable.compat.session import install, uninstall

__all__ = ["install", "uninstall"]
