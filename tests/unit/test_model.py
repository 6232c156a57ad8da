"""What documents and dates admit."""

from __future__ import annotations

import pytest

from searchkit.dates import PartialDate
from searchkit.errors import DateInvalid, DocumentInvalid
from searchkit.model import BUILT_IN_FACETS, Document


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("16.07.2018", "2018-07-16"),
        ("16.7.2018", "2018-07-16"),
        (" 7.2018 ", "2018-07"),
        ("07.2018", "2018-07"),
        ("29.2.2020", "2020-02-29"),
    ],
)
def test_dates_written_the_german_way(text: str, date: str) -> None:
    assert PartialDate.parse(text) == date


@pytest.mark.parametrize(
    "text", ["29.2.2019", "7.16.2018", "0.2018", "16.7.18", ".7.2018", "16.7.2018.", "1. 7. 2018"]
)
def test_no_dates(text: str) -> None:
    with pytest.raises(DateInvalid):
        PartialDate.parse(text)


def test_an_id_is_valid_unicode() -> None:
    assert Document("Straße 😀", "Text").id == "Straße 😀"
    with pytest.raises(DocumentInvalid, match="is not valid Unicode"):
        Document("a\udcff", "Text")


def test_an_id_has_a_greatest_length() -> None:
    assert len(Document("ä" * 4096, "Text").id) == 4096
    with pytest.raises(DocumentInvalid, match="4,097 characters") as caught:
        Document("ä" * 4097, "Text")
    assert len(str(caught.value)) < 200


def test_metadata_may_be_named_like_a_facet() -> None:
    metadata = dict.fromkeys(BUILT_IN_FACETS, "x")
    assert Document("a", "Text", metadata=metadata).metadata == metadata
