"""The tests below import as studies written for CodeableModels do: `from codeable_models import CClass`.

The packages are importable while the tests are collected and are taken back before the first one runs, so
that no other test finds them. Tests that import at run time install them for themselves.
"""

import codeable.compat

codeable.compat.install()


def pytest_collection_finish() -> None:
    codeable.compat.uninstall()
