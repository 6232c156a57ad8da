"""``searchkit facets`` and the bar chart of months."""

from __future__ import annotations

import pytest

from .conftest import Run


@pytest.mark.usefixtures("folder")
def test_all_facets(run: Run) -> None:
    run("index")
    done = run("facets")
    assert done.status == 0
    blocks = done.out.split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [
        *("year", "month", "person", "place", "organisation", "mentioned_date", "source"),
    ]
    assert "source: 1 value in 5 documents, 4 without\n" in done.err


@pytest.mark.usefixtures("folder")
def test_years_in_between_are_shown_with_bars(run: Run) -> None:
    run("index")
    assert run("facets", "jahr", "--query", "Elbe Bahn Zugspitze").out == (
        f"year\n  2019  1  {'█' * 40}\n  2020  1  {'█' * 40}\n  2021  1  {'█' * 40}\n"
    )
    assert run("query", "Pegel Bahn", "--facet", "jahr", "-n", "0").out == (
        f"jahr\n  2019  1  {'█' * 40}\n  2020  0\n  2021  1  {'█' * 40}\n"
    )


@pytest.mark.usefixtures("folder")
def test_values_that_begin_so(run: Run) -> None:
    run("index")
    assert run("facets", "source", "--prefix", "bo").out == "source\n  Bote  1\n"
    nothing = run("facets", "source", "--prefix", "x")
    assert (nothing.status, nothing.out) == (1, "source\n  (no value begins with 'x')\n")
    assert run("facets", "--prefix", "bo").out == "source\n  Bote  1\n"


@pytest.mark.usefixtures("folder")
def test_how_many_values_are_not_shown(run: Run) -> None:
    run("index")
    assert "month: 3 values in 5 documents" in run("facets", "month").err
    assert "month: 1 of 3 values in 5 documents" in run("facets", "month", "-n", "1").err


@pytest.mark.usefixtures("folder")
def test_unknown_names(run: Run) -> None:
    run("index")
    done = run("facets", "persn")
    assert done.status == 2
    assert "person" in done.err.splitlines()[1]
    assert run("facets", "--order", "cont").err.splitlines()[1] == (
        "  try: searchkit facets --order count"
    )


@pytest.mark.usefixtures("folder")
def test_an_unknown_value_of_a_filter_is_noted_once(run: Run) -> None:
    run("index")
    done = run("facets", "month", "year", "--filter", "source=Botte")
    assert done.status == 1
    assert done.err.count("note: no document has the source 'Botte'; the nearest is 'Bote'") == 1
