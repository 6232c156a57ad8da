"""Systems compared on the example's index."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from searchkit.config import Correction, Ranking
from searchkit.errors import ConfigurationError, CorpusError, IndexNotFound
from searchkit.evaluation.experiment import run
from searchkit.evaluation.judgements import read_qrels
from searchkit.evaluation.measures import MEASURES
from searchkit.evaluation.report import experiment_text
from searchkit.evaluation.systems import System, parse_system
from searchkit.evaluation.topics import Topic, read_topics
from searchkit.search.index import build_index

EXAMPLE = Path(__file__).parents[1] / "relevance" / "example"
TOPICS, BINARY = read_topics(EXAMPLE / "topics.tsv")
QRELS = read_qrels(EXAMPLE / "qrels.txt")


@pytest.fixture(scope="module")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "index"
    build_index(EXAMPLE / "texts", path).close()
    return path


def test_the_files_of_the_example_agree() -> None:
    assert read_topics(EXAMPLE / "topics.trec") == (TOPICS, {})
    relevant = {t: {d: 1 for d, gain in gains.items() if gain} for t, gains in QRELS.items()}
    assert relevant == BINARY


def test_one_system(index_path: Path) -> None:
    pytest.importorskip("ir_measures")
    found = run(index_path, TOPICS, QRELS, [System(Ranking())])
    (result,) = found.results
    assert found.topics == TOPICS
    assert result.scores["nDCG@10"]["2"] == 1.0  # only one text names Helsinki
    assert result.scores["R@100"]["5"] < 1.0  # one of its texts is missing
    assert result.mean("R@10") == sum(result.scores["R@10"].values()) / len(TOPICS)
    assert result.comparisons == {}
    assert (found.missing, found.relevant) == (("umleitung",), 9)
    assert found.notes == ("missing from the index: 1 of 9 relevant documents: umleitung",)


def test_systems_are_compared_with_the_first(index_path: Path) -> None:
    pytest.importorskip("ir_measures")
    systems = [System(Ranking()), System(Ranking()), parse_system(["title=0,exact=0,b=0"])]
    first, same, other = run(index_path, TOPICS, QRELS, systems).results
    assert same.scores == first.scores
    assert all((c.difference, c.p, c.p_holm) == (0, 1, 1) for c in same.comparisons.values())
    assert other.scores != first.scores
    for name in MEASURES:
        comparison = other.comparisons[name]
        expected = other.mean(name) - first.mean(name)
        assert comparison.difference == pytest.approx(expected)
        assert 0 < comparison.p <= comparison.p_holm <= 1


def test_topics_without_judgements_are_left_out_and_noted(index_path: Path) -> None:
    pytest.importorskip("ir_measures")
    topics = [*TOPICS[:2], Topic("x", "Elbe"), Topic("zero", "Bahn")]
    qrels = {**QRELS, "zero": {"bahn": 0}}
    found = run(index_path, topics, qrels, [System(Ranking())])
    assert found.topics == TOPICS[:2]
    assert found.left_out == tuple(topics[2:])
    assert found.unasked == ("3", "4", "5")
    assert found.notes == (
        "left out, as nothing is judged relevant for them: x, zero",
        "judgements for topics that are not asked: 3, 4, 5",
    )


def test_what_cannot_be_evaluated(index_path: Path, tmp_path: Path) -> None:
    pytest.importorskip("ir_measures")
    with pytest.raises(CorpusError, match="no topic has a relevant document"):
        run(index_path, TOPICS, {"9": {"a": 1}}, [System(Ranking())])
    with pytest.raises(ConfigurationError, match="no system"):
        run(index_path, TOPICS, QRELS, [])
    with pytest.raises(IndexNotFound):
        run(tmp_path / "nirgends", TOPICS, QRELS, [System(Ranking())])


def test_without_ir_measures_the_error_says_how_to_install_it(
    index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(ConfigurationError) as raised:
        run(index_path, TOPICS, QRELS, [System(Ranking())])
    assert raised.value.hint == "pip install 'searchkit[eval]'"


def test_a_report_is_harmless_and_its_columns_stand_below_each_other(index_path: Path) -> None:
    pytest.importorskip("ir_measures")
    topics = [TOPICS[0], Topic("2\x1b[2J", "Gipfel\u202e in Helsinki")]
    qrels = {"1": QRELS["1"], topics[1].id: QRELS["2"]}
    systems = [System(Ranking()), parse_system(["title=0"])]
    text = experiment_text(run(index_path, topics, qrels, systems), by_topic=True)
    assert "\x1b" not in text
    assert "\u202e" not in text
    heading, *rows = text.split("\n\n")[0:2][1].splitlines()
    assert {len(row) for row in rows} == {len(heading)}


def test_settings_are_added_to_a_base() -> None:
    first = parse_system(["exact=0.2"])
    assert first == System(Ranking(exact=0.2))
    assert parse_system(["title=0.1, b=1", "b=0"], first) == System(
        Ranking(exact=0.2, title=0.1, b=0.0)
    )
    assert parse_system([]).name == "defaults"
    timid = parse_system(["correction.rare_documents=0"], first)
    assert timid == System(Ranking(exact=0.2), Correction(rare_documents=0))
    assert timid.name == "exact=0.2,correction.rare_documents=0"


@pytest.mark.parametrize(
    ("setting", "message", "hint"),
    [
        ("titel=1", "no weight 'titel'", "did you mean title?"),
        ("ölpreis=1", "no weight 'ölpreis'", "one of k1, b, rarity, opening, title"),
        ("correction.kost=1", "no weight 'correction.kost'", "correction.cost?"),
        ("correction.rare_documents=1.5", "is no whole number", "correction.rare_documents=2"),
        ("title", "'title' is not of the form", "title=0.1"),
        ("title=", "'title=' is not of the form", "title=0.1"),
        ("title=0.1,", "'' is not of the form", "title=0.1"),
        ("title=viel", "title=viel is no number", "title=0."),
        ("title=-1", "title=-1 is out of range", "0 or more"),
        ("title=nan", "title=nan is out of range", "0 or more"),
        ("exact=inf", "exact=inf is out of range", "finite"),
        ("b=1.1", "b=1.1 is out of range", "from 0 to 1"),
        ("k1=0", "k1=0 is out of range", "above 0"),
    ],
)
def test_unusable_settings(setting: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        parse_system([setting])
    assert message in raised.value.message
    assert hint in raised.value.hint
