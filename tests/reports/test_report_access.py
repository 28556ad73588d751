"""Reports as attributes of a study: what is no name of a report is refused with the names that there are."""

import copy
from typing import Any

import pytest

from codeable.errors import CodeableError
from codeable.study import Study


class Unreadable:
    """A value that cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__


@pytest.mark.parametrize("name", ["sorces", "", "\ud800", None, 1, [], {}, Unreadable()], ids=range(8))
def test_another_name_is_refused(name: Any) -> None:
    with pytest.raises(CodeableError, match="there is no table ") as error:
        Study.of({}).tables[name]
    assert error.value.exit_status == 2


def test_a_wrong_attribute_names_the_right_ones() -> None:
    with pytest.raises(AttributeError, match=r"there is no plot 'sources'; the plots are: evidence, "):
        _ = Study.of({}).plots.sources


def test_a_copy_is_refused_as_that_of_a_study() -> None:
    with pytest.raises(CodeableError, match="cannot be copied"):
        copy.deepcopy(Study.of({}).tables)
    assert copy.copy(Study.of({}).tables).sources.rows == ()
