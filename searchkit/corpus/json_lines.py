"""Reads one line of a JSON Lines file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from searchkit.corpus.decode import with_plain_breaks
from searchkit.corpus.names import quoted, without_surrogates
from searchkit.corpus.plain_text import Reading, lost
from searchkit.corpus.problems import Remark
from searchkit.dates import PartialDate
from searchkit.errors import DateInvalid, DocumentInvalid
from searchkit.model import Document, Scalar, is_finite

_OWN_FIELDS = frozenset(["id", "text", "title", "date"])
# Python refuses to write out integers beyond 4,300 digits; such a number stays text.
_MOST_DIGITS = 4300


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


_DECODER = json.JSONDecoder(parse_constant=_reject, parse_int=_integer)


def read_json_line(line: str, default_id: str) -> Reading:
    """Make a document of a line: ``id``, ``text``, ``title``, ``date``, all else metadata.

    ``null`` counts as absent.

    Args:
        line: one JSON object.
        default_id: the id where the object has none.

    >>> document = read_json_line('{"text": "Es war Mai.", "source": "Bote"}', "a:1").document
    >>> document.id, document.text, document.metadata
    ('a:1', 'Es war Mai.', {'source': 'Bote'})
    """
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")  # as in "Unterminated string starting at"
        return lost("invalid-json", f"is no valid JSON: {what} at character {error.colno}")
    except (ValueError, RecursionError) as error:
        return lost("invalid-json", f"is no valid JSON: {error}")
    if not isinstance(value, dict):
        return lost("invalid-document", "is no JSON object")
    fields = {name: field for name, field in value.items() if field is not None}
    # Only an escape can spell what a text must not hold, and most lines have none.
    if "\\u" in line:
        fields = _without_surrogates(fields)
        if any("\0" in part for part in _texts(fields)):
            return lost("nul-byte", "holds a NUL character")
    return _reading(fields, default_id)


def _reading(fields: dict[str, Any], default_id: str) -> Reading:
    id, text = fields.get("id", ""), fields.get("text")
    if text is None:
        return lost("invalid-document", "has no field 'text'")
    if not isinstance(text, str):
        return lost("invalid-document", "the field 'text' is no text")
    if isinstance(id, bool) or not isinstance(id, str | int):
        return lost("invalid-document", "the field 'id' is neither a text nor an integer")
    text = with_plain_breaks(text).strip()
    if not text:
        return lost("empty", "there is no text in it")
    remarks: list[Remark] = []
    if id == "":
        remarks.append(Remark("no-id", "has no id; its place in the file stands in for it"))
    title, date = _title(fields, remarks), _date(fields, remarks)
    metadata = _metadata(fields, remarks)
    try:
        document = Document(str(id) or default_id, text, title, date, metadata)
    except DocumentInvalid as error:
        return lost("invalid-document", f"was left out: {error.message}")
    return Reading(document, tuple(remarks))


def _title(fields: dict[str, Any], remarks: list[Remark]) -> str:
    title = fields.get("title", "")
    if isinstance(title, str):
        return " ".join(title.split())
    if isinstance(title, int | float) and not isinstance(title, bool):
        return str(title)
    remarks.append(_left_out("title", title))
    return ""


def _date(fields: dict[str, Any], remarks: list[Remark]) -> PartialDate | None:
    value = fields.get("date", "")
    date = str(value) if type(value) is int else value
    if not isinstance(date, str):
        remarks.append(Remark("invalid-date", "the date was left out: it is no text", "date"))
        return None
    if not date.strip():
        return None
    try:
        return PartialDate.parse(date)
    except DateInvalid as error:
        message = f"the date was left out: {error.message}"
        remarks.append(Remark("invalid-date", message, "date"))
        return None


def _metadata(fields: dict[str, Any], remarks: list[Remark]) -> dict[str, Scalar]:
    metadata: dict[str, Scalar] = {}
    for name, value in fields.items():
        if name in _OWN_FIELDS:
            continue
        if name and _is_scalar(value):
            metadata[name] = value
        else:
            remarks.append(_left_out(name, value))
    return metadata


def _is_scalar(value: object) -> bool:
    if isinstance(value, int | float):
        return is_finite(value)  # 1e999 is valid JSON and no number we can hold
    return isinstance(value, str)


def _left_out(name: str, value: object) -> Remark:
    number = "too large a number"
    kinds = {list: "a list", dict: "an object", float: number, int: number}
    kind = kinds.get(type(value)) if name else None
    message = f"the field {quoted(name)} was left out: it is {kind or 'unusable'}"
    return Remark("metadata", message, name)


def _without_surrogates(fields: dict[str, Any]) -> dict[str, Any]:
    """Replace lone surrogates, which JSON can spell and UTF-8 cannot."""
    return {
        without_surrogates(name): without_surrogates(field) if isinstance(field, str) else field
        for name, field in fields.items()
    }


def _texts(fields: dict[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        yield name
        if isinstance(value, str):
            yield value
