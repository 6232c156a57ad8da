"""Which texts fit a wildcard pattern."""

from __future__ import annotations

import fnmatch
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.query.wildcards import wildcard_regex


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("putin", "putin", True),
        ("putin", "putins", False),
        ("put*", "put", True),
        ("*in", "wladimir putin", True),
        ("p?tin", "pütin", True),
        ("p?tin", "ptin", False),
        ("*a*b*", "xaxb", True),
        ("a*b*b", "ab", False),
        (r"\*", "*", True),
        (r"\*", "a", False),
        ("*", "", True),
        ("a*c", "a\nc", True),
        ("(*[", "(x[", True),
    ],
)
def test_fitting(pattern: str, text: str, fits: bool) -> None:
    assert bool(wildcard_regex(pattern).fullmatch(text)) is fits


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=10))
def test_it_agrees_with_file_name_patterns(pattern: str, text: str) -> None:
    fits = wildcard_regex(pattern).fullmatch(text) is not None
    assert fits == fnmatch.fnmatchcase(text, pattern)


def test_many_stars_take_no_time() -> None:
    began = time.perf_counter()
    assert not wildcard_regex("*a" * 100 + "b").fullmatch("a" * 2000)
    assert time.perf_counter() - began < 1
