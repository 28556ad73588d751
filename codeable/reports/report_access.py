"""Reports as attributes of a study: `study.tables.sources`, `study.reports.methods`. Called by `Study`."""

from collections.abc import Callable, Iterator
from typing import Any

from codeable.coded.coded_study import CodedStudy
from codeable.registry.table import Shown, Table
from codeable.reports.catalogue import Family, ReportDefinition, definitions, make, named
from codeable.text import counted, shown


class Reports(Shown):
    """The reports of one family that a study has.

    Args:
        study: Gives the study as reports see it, as it is now.
        family: The family.
    """

    def __init__(self, study: Callable[[], CodedStudy], family: Family) -> None:
        self._study = study
        self._family: Family = family

    def make(self, name: str, **options: object) -> Any:
        """A report with other options than those in the settings.

        Args:
            name: Its name.
            **options: Options as in `[tool.codeable.reports.NAME]`.

        Raises:
            CodeableError: There is no such report or option, or a value is wrong.

        Example:
            `study.tables.make("evidence", unit="passage").to_latex()`
        """
        study = self._study()
        definition = next(each for each in named(study, [name], self._family) if each.name == name)
        return make(study, definition, options)

    def __getitem__(self, name: str) -> Any:
        """The report of that name.

        Raises:
            CodeableError: There is none; the message has the nearest names.
        """
        return self.make(name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # also its own, while it is being copied
            raise AttributeError(f"there is no attribute {name}", name=name, obj=self)
        if name not in self._names():
            known = ", ".join(self._names())
            message = f"there is no {self._family} {shown(name)}; the {self._family}s are: {known}"
            raise AttributeError(message, name=name, obj=self)
        return self.make(name)

    def __iter__(self) -> Iterator[Any]:
        """All reports of this family that are made without being asked for."""
        study = self._study()
        yield from (make(study, each) for each in self._definitions(study) if each.is_default)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._names()]

    def _ipython_key_completions_(self) -> list[str]:
        return self._names()

    def _names(self) -> list[str]:
        return [each.name for each in self._definitions(self._study())]

    def _definitions(self, study: CodedStudy) -> list[ReportDefinition]:
        return [each for each in definitions(study) if each.family == self._family]

    def table(self) -> Table:
        """The names of the reports, with what each holds."""
        rows = tuple((each.name, each.what) for each in self._definitions(self._study()))
        return Table(counted(len(rows), self._family), ("name", "what"), rows)
