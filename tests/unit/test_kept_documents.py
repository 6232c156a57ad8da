"""Documents that are read again: kept within bounds, never stale, never changed by a caller."""

from __future__ import annotations

from searchkit import Document, build_index
from searchkit.engine.cache import Cache


def test_only_what_is_not_kept_is_made_and_all_come_in_order() -> None:
    cache: Cache[str] = Cache(100, len)
    asked: list[list[int]] = []

    def make(keys: list[int]) -> list[str]:
        asked.append(keys)
        return [f"value {key}" for key in keys]

    assert cache.get_all([3, 1], make) == ["value 3", "value 1"]
    assert cache.get_all([2, 1, 4, 3], make) == ["value 2", "value 1", "value 4", "value 3"]
    assert cache.get_all([1, 2, 3], make) == ["value 1", "value 2", "value 3"]
    assert asked == [[3, 1], [2, 4]]


def test_what_was_made_first_goes_first() -> None:
    cache: Cache[str] = Cache(10, len)
    asked: list[int] = []

    def make(keys: list[int]) -> list[str]:
        asked.extend(keys)
        return ["12345" for _ in keys]

    assert cache.get_all([1, 2, 3], make) == ["12345"] * 3
    assert len(cache) == 2
    cache.get_all([2, 3], make)
    assert asked == [1, 2, 3]
    cache.get_all([1], make)
    assert asked == [1, 2, 3, 1]


def test_an_update_shows_at_once(tmp_path) -> None:
    with build_index([Document("a", "Der alte Gipfel", title="Alt")], tmp_path / "index") as index:
        assert index.search("Gipfel").hits[0].snippets[0].text == "Der alte Gipfel"
        index.add([Document("a", "Der neue Gipfel", title="Neu")])
        (hit,) = index.search("Gipfel").hits
        assert (hit.title, hit.snippets[0].text) == ("Neu", "Der neue Gipfel")


def test_what_a_caller_does_to_metadata_stays_with_the_caller(tmp_path) -> None:
    document = Document("a", "Der Gipfel", metadata={"source": "dpa"})
    with build_index([document], tmp_path / "index") as index:
        index.search("Gipfel").hits[0].metadata["source"] = "x"
        assert index.search("Gipfel").hits[0].metadata == {"source": "dpa"}


def test_an_empty_text_is_kept_as_well(tmp_path) -> None:
    with build_index([Document("a", "", title="Gipfel")], tmp_path / "index") as index:
        for _ in range(2):
            assert index.search("Gipfel").hits[0].snippets == ()
