"""Every module of the package gets into the wheel."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_package_has_the_name_of_an_ignored_folder() -> None:
    # Hatchling and ruff leave out what .gitignore names.
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    ignored = {pattern.rstrip("/") for pattern in patterns if not pattern.startswith("/")}
    packages = {path.parent.name for path in (ROOT / "codeable").rglob("*.py")}
    assert packages & ignored == set()
