"""Systems, measured on one index with the same topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from searchkit.config import Settings
from searchkit.errors import ConfigurationError, CorpusError, DocumentNotFound
from searchkit.evaluation.judgements import Qrels
from searchkit.evaluation.lines import PathName
from searchkit.evaluation.measures import DEPTH, MEASURES, Scores, measure, require_ir_measures
from searchkit.evaluation.significance import holm, randomisation_p
from searchkit.evaluation.systems import System
from searchkit.evaluation.topics import Topic
from searchkit.render.quantities import count_text
from searchkit.search.index import Index, open_index


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a system differs from the first one by one measure.

    Args:
        difference: of the means; above 0 where this system is better.
        p: two-sided, by the paired randomisation test.
        p_holm: the same, corrected for the number of systems and measures compared.
    """

    difference: float
    p: float
    p_holm: float


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of a system.

    Args:
        system: which one.
        scores: by measure and topic.
        comparisons: with the first system, by measure; empty for the first itself.
    """

    system: System
    scores: Scores
    comparisons: Mapping[str, Comparison]

    def mean(self, measure: str) -> float:
        """The mean over the topics."""
        values = self.scores[measure].values()
        return sum(values) / len(values)


@dataclass(frozen=True, slots=True)
class Experiment:
    """What came out.

    Args:
        topics: those that were asked, in the order given.
        left_out: those that were not: no document is judged relevant for them.
        results: one for each system, in the order given.
        unasked: topics that have judgements and are not among those given.
        missing: ids of relevant documents that the index does not hold. They count as not found,
            so that the measures stay comparable with those of other indexes.
        relevant: how many documents are relevant for some topic, with the missing ones.
    """

    topics: tuple[Topic, ...]
    left_out: tuple[Topic, ...]
    results: tuple[Result, ...]
    unasked: tuple[str, ...]
    missing: tuple[str, ...]
    relevant: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the figures should know, one line each."""
        notes = []
        if self.left_out:
            ids = [topic.id for topic in self.left_out]
            notes.append(f"left out, as nothing is judged relevant for them: {_listed(ids)}")
        if self.unasked:
            notes.append(f"judgements for topics that are not asked: {_listed(self.unasked)}")
        if self.missing:
            share = f"{len(self.missing):,} of {count_text(self.relevant, 'relevant document')}"
            notes.append(f"missing from the index: {share}: {_listed(self.missing)}")
        return tuple(notes)


def run(
    index_path: PathName,
    topics: Sequence[Topic],
    qrels: Qrels,
    systems: Sequence[System],
    *,
    settings: Settings | None = None,
) -> Experiment:
    """Ask an index all topics with each system, measure the answers, and compare.

    Queries are read as everywhere else: words are alternatives, operators work.

    Args:
        index_path: the folder of the index.
        topics: what to ask.
        qrels: the gains.
        systems: one or more; all are compared with the first.
        settings: those the index was made with; the weights in them do not count.

    Raises:
        ConfigurationError: ir-measures is not installed, or there is no system.
        CorpusError: no topic has a relevant document.
        StoreError: the index cannot be opened.
    """
    require_ir_measures()
    if not systems:
        raise ConfigurationError("there is no system to evaluate", "give one or more")
    asked = tuple(topic for topic in topics if any(qrels.get(topic.id, {}).values()))
    if not asked:
        raise CorpusError(
            "no topic has a relevant document", "topics and judgements must use the same topic ids"
        )
    judged = {topic.id: qrels[topic.id] for topic in asked}
    rankings = []
    relevant = {id for gains in judged.values() for id, gain in gains.items() if gain}
    missing: tuple[str, ...] = ()
    for system in systems:
        chosen = replace(
            settings or Settings(), ranking=system.ranking, correction=system.correction
        )
        with open_index(index_path, settings=chosen) as index:
            rankings.append({topic.id: _ranking(index, topic) for topic in asked})
            if system is systems[0]:
                found = {id for ids in rankings[0].values() for id in ids}
                missing = tuple(id for id in sorted(relevant - found) if not _holds(index, id))
    given = {topic.id for topic in topics}
    return Experiment(
        topics=asked,
        left_out=tuple(topic for topic in topics if topic.id not in judged),
        results=_results(systems, [measure(judged, ranking) for ranking in rankings]),
        unasked=tuple(id for id in qrels if id not in given),
        missing=missing,
        relevant=len(relevant),
    )


def _ranking(index: Index, topic: Topic) -> list[str]:
    return [hit.id for hit in index.search(topic.query, limit=DEPTH, snippets=False).hits]


def _holds(index: Index, id: str) -> bool:
    try:
        index.get(id)
    except DocumentNotFound:
        return False
    return True


def _results(systems: Sequence[System], scores: Sequence[Scores]) -> tuple[Result, ...]:
    differences = [_differences(scores[0], other) for other in scores[1:]]
    p_values = [randomisation_p(each[name]) for each in differences for name in MEASURES]
    corrected = holm(p_values)
    comparisons: list[dict[str, Comparison]] = [{}]
    for place, each in enumerate(differences):
        first = place * len(MEASURES)
        comparisons.append(
            {
                name: Comparison(sum(each[name]) / len(each[name]), p_values[at], corrected[at])
                for at, name in enumerate(MEASURES, first)
            }
        )
    return tuple(map(Result, systems, scores, comparisons))


def _differences(first: Scores, other: Scores) -> dict[str, list[float]]:
    return {
        name: [other[name][topic] - value for topic, value in first[name].items()]
        for name in MEASURES
    }


def _listed(ids: Sequence[str], most: int = 5) -> str:
    """The first ids, and how many more there are."""
    more = len(ids) - most
    return ", ".join(ids[:most]) + (f" and {more:,} more" if more > 0 else "")
