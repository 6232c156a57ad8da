"""The public names: all there, sorted, documented, frozen."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
import re
from types import ModuleType

import pytest

import searchkit
from searchkit import errors


def test_the_list_is_sorted_and_complete():
    visible = {
        name
        for name in dir(searchkit)
        if not name.startswith("_") and not isinstance(getattr(searchkit, name), ModuleType)
    }
    assert searchkit.__all__ == sorted(searchkit.__all__)
    assert set(searchkit.__all__) == visible | {"__version__"}


def test_the_whole_error_tree_is_public():
    tree = {e.__name__ for e in vars(errors).values() if inspect.isclass(e)}
    assert tree - {"ClassVar"} <= set(searchkit.__all__)


def test_codes_are_stable_and_unique():
    classes = [e for e in vars(errors).values() if inspect.isclass(e)]
    codes = [e.code for e in classes if issubclass(e, errors.SearchkitError)]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize(
    "error", [errors.IndexLocked("a", "b"), errors.QuerySyntaxError("a", "b", "q", 3)]
)
def test_errors_survive_pickling(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert vars(again) == vars(error)


def test_values_are_frozen_and_slotted():
    for name in searchkit.__all__:
        value = getattr(searchkit, name)
        if dataclasses.is_dataclass(value):
            assert value.__dataclass_params__.frozen, name
            assert "__slots__" in vars(value), name


def test_everything_public_is_documented():
    for name in searchkit.__all__:
        value = getattr(searchkit, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__, name
        if inspect.isclass(value):
            for attribute, member in vars(value).items():
                if not attribute.startswith("_") and callable(member):
                    assert member.__doc__, f"{name}.{attribute}"
