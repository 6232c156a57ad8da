"""A small index of two documents, and how to look into and spoil its files."""

from __future__ import annotations

import json
import re

from searchkit import (
    Document,
    Limits,
    Settings,
    build_index,
    open_index,
)

DOCUMENTS = [Document("a", "Der Gipfel in Helsinki"), Document("b", "Die Wahl in Berlin")]
SETTINGS = Settings(extractor="none", limits=Limits(lock_timeout_s=0.01))


def made(place):
    """The folder of an index of both documents; messages have to name it."""
    build_index(DOCUMENTS, place / "verzeichnis", settings=SETTINGS).close()
    return place / "verzeichnis"


def current(index):
    """The folder of the generation in force."""
    return index / (index / "CURRENT").read_text().strip()


def opened(index):
    """The index, which nobody waits for."""
    return open_index(index, settings=SETTINGS)


def says(error, *words):
    """Whether an error names what happened to what, and what to do next, each in one line."""
    assert all(word in error.message for word in ("verzeichnis", *words)), error.message
    for line in (error.message, error.hint):
        assert "\n" not in line
        assert "None" not in line
    assert re.match(r"[a-z][a-z ]+\b", error.hint), error.hint
    return error.hint


REPAIRS = ("searchkit restore", "searchkit index --rebuild")


def flipped(file, place, bit=0):
    """Turn one bit of a file over."""
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << bit
    file.write_bytes(content)


def place_of(file, name):
    """Where an array begins in a file of arrays."""
    rows = json.loads(file.read_bytes()[footer_start(file) : -20])["arrays"]
    return next(row[3] for row in rows if row[0] == name)


def footer_start(file):
    """Where the footer of a file of arrays begins."""
    content = file.read_bytes()
    return len(content) - 20 - int.from_bytes(content[-20:-12], "little")
