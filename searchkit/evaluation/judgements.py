"""Which documents answer a topic, and how well: TREC qrels and tab-separated lines."""

from __future__ import annotations

from collections.abc import Mapping

from searchkit.evaluation.lines import PathName, at_line, content_lines, read_text

Qrels = Mapping[str, Mapping[str, int]]
"""Gains by the ids of topic and document; 0 is judged and not relevant."""

_FORM = "topic<TAB>document[<TAB>gain], or as TREC has it: topic 0 document gain"
_HIGHEST_GAIN = 1000


def read_qrels(path: PathName) -> Qrels:
    """Read judgements.

    Each line is ``topic<TAB>document``, ``topic<TAB>document<TAB>gain`` or, as in TREC's qrels,
    ``topic iteration document gain`` with blanks or tabs between; the forms may be mixed. A gain is
    a whole number up to 1,000; without one it is 1, and negative ones count as 0. Blank lines
    and lines that begin with ``#`` are passed over.

    Args:
        path: a UTF-8 file.

    Returns:
        The gains, in the order of the file.

    Raises:
        SourceNotFound: there is no such file.
        CorpusError: a line is none of these, or contradicts an earlier one; or there is no line.

    >>> file = folder / "judgements.tsv"
    >>> _ = file.write_text("1\\telbe\\t2\\n2 0 hafen 1\\n")
    >>> read_qrels(file)
    {'1': {'elbe': 2}, '2': {'hafen': 1}}
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, line in content_lines(read_text(path)):
        judgement = _judgement(line)
        if judgement is None:
            raise at_line(path, number, "is no judgement", _FORM)
        topic, document, gain_text = judgement
        gain = _gain(gain_text)
        if gain is None:
            raise at_line(
                path,
                number,
                f"has the gain {gain_text!r}",
                f"a whole number up to {_HIGHEST_GAIN:,}; begin headings with #",
            )
        if qrels.setdefault(topic, {}).setdefault(document, gain) != gain:
            raise at_line(
                path,
                number,
                f"judges document {document!r} for topic {topic!r} a second time, differently",
                "keep one of the two lines",
            )
    if not qrels:
        raise at_line(path, 1, "is where judgements should begin, and there are none", _FORM)
    return qrels


def _judgement(line: str) -> tuple[str, str, str] | None:
    """Topic, document and gain as written; nothing where the line is no judgement."""
    parts = [part.strip() for part in line.split("\t")]
    if len(parts) not in (2, 3):
        parts = line.split()
        if len(parts) != 4:
            return None
        del parts[1]  # TREC's iteration, which nobody uses
    if not all(parts):
        return None
    topic, document, gain = (*parts, "1")[:3]
    return topic, document, gain


def _gain(text: str) -> int | None:
    try:
        gain = int(text)
    except ValueError:
        return None
    return max(gain, 0) if gain <= _HIGHEST_GAIN else None
