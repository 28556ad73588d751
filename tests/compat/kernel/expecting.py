"""What the tests of this folder expect of a refused call."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from codeable_models import CException


@contextmanager
def refusal() -> Iterator[None]:
    """Expects a `CException` whose `value` is a text."""
    with pytest.raises(CException) as caught:
        yield
    assert isinstance(caught.value.value, str)
    assert caught.value.value


def failure(*kinds: type[Exception]):
    """Expects a `CException` or one of `kinds`, for misuse that has no promised kind of error."""
    return pytest.raises((CException, *kinds))
