"""Studies written for CodeableModels, its metamodels and its renderer run unchanged on codeable's kernel.

The packages that they import lie in the folder `codeable/compat/packages`, which is never on the module
path by itself. There are three ways in:

* `python -m codeable.compat run SCRIPT [ARG…]` runs a script of a study in its folder;
* `python -m codeable.compat path` prints the folder, to be put on `PYTHONPATH`;
* `codeable.compat.install()` puts it on the module path of a program.

Each study gets metaclasses of its own: what it does to them reaches no other study.
"""

from codeable.compat.session import install, uninstall

__all__ = ["install", "uninstall"]
