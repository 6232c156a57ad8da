"""What is asked in an evaluation: topics from tab-separated lines or from TREC's files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from searchkit.evaluation.judgements import Qrels
from searchkit.evaluation.lines import PathName, at_line, content_lines, read_text

_FORM = "id<TAB>query[<TAB>relevant ids, comma separated], or TREC's <top> <num> <title> </top>"
_TREC = re.compile(r"\s*<(\?xml|!--|top)", re.IGNORECASE)
_TOP = re.compile(r"<top\b[^>]*>(.*?)(</top>|(?=<top\b)|\Z)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"<num>\s*(?:number:)?\s*([^<]*)", re.IGNORECASE)
_TITLE = re.compile(r"<(?:[a-z]{2}-)?title>\s*(?:topic:)?\s*([^<]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """A query of an evaluation.

    Args:
        id: what judgements call it.
        query: as one would type it.
    """

    id: str
    query: str


def read_topics(path: PathName) -> tuple[tuple[Topic, ...], Qrels]:
    """Read topics, and the judgements that stand beside them.

    Two kinds of files are known by their beginning. Lines ``id<TAB>query``, with or without a third
    column of the ids of relevant documents, comma separated; blank lines and lines that begin with
    ``#`` are passed over. Or TREC's topics: ``<top>``, ``<num>`` and ``<title>``; all else in them
    is passed over.

    Args:
        path: a UTF-8 file.

    Returns:
        The topics in the order of the file, and the judgements (all of gain 1) of those that have
        a third column; topics without one are not in them.

    Raises:
        SourceNotFound: there is no such file.
        CorpusError: a topic lacks its id or query, or an id comes twice; or there is none.

    >>> file = folder / "topics.tsv"
    >>> _ = file.write_text("1\\tPegel der Elbe\\telbe,flut\\n")
    >>> read_topics(file)
    ((Topic(id='1', query='Pegel der Elbe'),), {'1': {'elbe': 1, 'flut': 1}})
    """
    text = read_text(path)
    found = _trec_topics(path, text) if _TREC.match(text) else _table_topics(path, text)
    topics: dict[str, Topic] = {}
    qrels: dict[str, dict[str, int]] = {}
    for line, topic, relevant in found:
        if topic.id in topics:
            raise at_line(
                path, line, f"has the topic {topic.id!r} a second time", "give it another id"
            )
        topics[topic.id] = topic
        if relevant:
            qrels[topic.id] = dict.fromkeys(relevant, 1)
    if not topics:
        raise at_line(path, 1, "is where topics should begin, and there are none", _FORM)
    return tuple(topics.values()), qrels


def _table_topics(path: PathName, text: str) -> Iterator[tuple[int, Topic, list[str]]]:
    for number, line in content_lines(text):
        columns = [column.strip() for column in line.split("\t")]
        if not (2 <= len(columns) <= 3 and columns[0] and columns[1]):
            raise at_line(path, number, "is no topic", _FORM)
        ids = columns[2].split(",") if len(columns) == 3 else []
        yield number, Topic(columns[0], columns[1]), [id.strip() for id in ids if id.strip()]


def _trec_topics(path: PathName, text: str) -> Iterator[tuple[int, Topic, list[str]]]:
    for top in _TOP.finditer(text):
        line = text.count("\n", 0, top.start()) + 1
        if not top[2]:
            raise at_line(path, line, "begins a topic that does not end", "close it with </top>")
        id, query = _content(_NUMBER, top[1]), _content(_TITLE, top[1])
        if not (id and query):
            missing = "title" if id else "num"
            raise at_line(path, line, f"begins a topic without <{missing}>", _FORM)
        yield line, Topic(id, query), []


def _content(element: re.Pattern[str], text: str) -> str:
    from html import unescape  # seldom needed

    found = element.search(text)
    return " ".join(unescape(found[1]).split()) if found else ""
