"""Bits, pages and whole files that are not what was written."""

from __future__ import annotations

import json
import random
import shutil
import struct
import zlib

import pytest

from searchkit import IndexCorrupt, SearchkitError, check_index, open_index, restore_index
from searchkit.store.manifest import NAME, Manifest
from tests.faults.scenes import QUERIES, SETTINGS, answers, build, update

# So many damages of each kind: in the quick tests, and in the long ones.
QUICK, LONG = 12, 500
KINDS = ("flip", "truncate", "zero", "swap")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An index of two generations, and what it answers."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    build(folder)
    update(folder)
    return folder, answers(folder)


def current(folder):
    return folder / (folder / "CURRENT").read_text().strip()


def rewrite(file, content):
    """Other content under this name only: not in the generation that shares the file."""
    file.unlink()
    file.write_bytes(content)


def damage(rng, folder, kind):
    """Damage a file of the current generation; says which."""
    files = sorted(current(folder).iterdir())
    # Large files and small ones alike.
    file = rng.choice(files)
    content = bytearray(file.read_bytes())
    if kind == "flip":
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    elif kind == "truncate":
        del content[rng.randrange(len(content)) :]
    elif kind == "zero":
        begin = rng.randrange(len(content)) & ~4095
        end = min(begin + 4096, len(content))
        if not any(content[begin:end]):
            content[begin] = 1
        else:
            content[begin:end] = bytes(end - begin)
    else:
        other = rng.choice([each for each in files if each != file])
        rewrite(file, other.read_bytes())
        rewrite(other, bytes(content))
        return {file.name, other.name}
    rewrite(file, bytes(content))
    return {file.name}


def answers_or_error(folder, expected):
    """Every query alone: the right answer or an error of searchkit."""
    for number, query in enumerate(QUERIES):
        try:
            with open_index(folder, settings=SETTINGS) as index:
                found = index.search(query, limit=50, facets=["month", "source"])
                hits = [(h.id, h.score, h.date, [s.text for s in h.snippets]) for h in found.hits]
        except SearchkitError:
            continue
        assert (hits, found.total, found.notes, dict(found.facets)) == expected[0][number]


def try_damages(whole, tmp_path, kind, count):
    folder, expected = whole
    rng = random.Random(f"{kind} 1")
    for _ in range(count):
        shutil.copytree(folder, tmp_path / "index")
        names = damage(rng, tmp_path / "index", kind)
        named = {found.file for found in check_index(tmp_path / "index").damages}
        assert names & named
        answers_or_error(tmp_path / "index", expected)
        shutil.rmtree(tmp_path / "index")


@pytest.mark.parametrize("kind", KINDS)
def test_some_damages(whole, tmp_path, kind):
    try_damages(whole, tmp_path, kind, QUICK)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_many_damages(whole, tmp_path, kind):
    try_damages(whole, tmp_path, kind, LONG)


@pytest.fixture
def folder(whole, tmp_path):
    shutil.copytree(whole[0], tmp_path / "index")
    return tmp_path / "index"


def test_a_whole_index_is_found_whole(folder):
    report = check_index(folder)
    assert (report.generation, report.damages, report.restorable) == (2, (), None)
    assert check_index(folder, quick=True).damages == ()


def test_a_damaged_text_concerns_one_document(folder):
    file = next(current(folder).glob("*.segment"))
    content = bytearray(file.read_bytes())
    place = content.index(b"\x28\xb5\x2f\xfd")  # where a compressed text begins
    content[place + 30] ^= 255
    rewrite(file, bytes(content))
    (found,) = check_index(folder).damages
    assert (found.file, len(found.documents), found.all_documents) == (file.name, 1, False)
    with pytest.raises(IndexCorrupt), open_index(folder, settings=SETTINGS) as index:
        index.get(found.documents[0])


def test_restore_goes_back_to_what_is_whole(folder):
    rewrite(next(current(folder).glob("*.segment")), b"x")
    assert check_index(folder, quick=True).restorable == 1
    assert restore_index(folder) == 1
    with open_index(folder, settings=SETTINGS) as index:
        assert index.stats().generation == 1
    update(folder)
    assert check_index(folder).damages == ()


def test_restore_refuses_when_nothing_is_whole(folder):
    for generation in folder.glob("generation-*"):
        rewrite(next(generation.glob("*.segment")), b"x")
    assert check_index(folder).restorable is None
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        restore_index(folder)


def test_a_lost_pointer_can_be_restored_and_rebuilt(folder):
    (folder / "CURRENT").write_text("?")
    assert check_index(folder).damages[0].all_documents
    assert restore_index(folder) == 2
    (folder / "CURRENT").write_text("?")
    build(folder)
    assert check_index(folder).damages == ()


def test_a_link_is_not_followed(folder, tmp_path):
    file = next(current(folder).glob("*.segment"))
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(IndexCorrupt, match="regular file"):
        open_index(folder, settings=SETTINGS)


def test_a_link_in_place_of_a_generation_is_refused(folder, tmp_path):
    generation = current(folder)
    generation.rename(tmp_path / "elsewhere")
    generation.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(IndexCorrupt):
        open_index(folder, settings=SETTINGS)


def test_a_stranger_in_a_generation_is_refused(folder):
    (current(folder) / "texts.dictionary").write_bytes(b"x")
    with pytest.raises(IndexCorrupt, match="no part of the index"):
        open_index(folder, settings=SETTINGS)


def test_a_generation_under_another_number_is_refused(folder):
    shutil.rmtree(folder / "generation-000002")
    (folder / "generation-000001").rename(folder / "generation-000002")
    with pytest.raises(IndexCorrupt, match="generation 1"):
        open_index(folder, settings=SETTINGS)


@pytest.mark.parametrize("shape", [[1 << 62], [1 << 40, 1 << 40], [-1]])
def test_absurd_sizes_in_a_footer(folder, shape):
    file = next(current(folder).glob("*.segment"))
    rows = [["id.bytes", "<u8", shape, 0, 0]]
    footer = json.dumps({"file": file.name, "arrays": rows}).encode()
    tail = struct.pack("<QI8s", len(footer), zlib.crc32(footer), b"SKARRAY2")
    rewrite(file, footer + tail)
    reseal(folder)
    with pytest.raises(IndexCorrupt):
        open_index(folder, settings=SETTINGS)


@pytest.mark.parametrize("name", ["../CURRENT", "/etc/passwd", ""])
def test_a_manifest_that_names_files_elsewhere(folder, name):
    reseal(folder, {name: [1, ""]})
    with pytest.raises(IndexCorrupt):
        open_index(folder, settings=SETTINGS)


def test_a_manifest_without_end(folder):
    with (current(folder) / NAME).open("r+b") as file:
        file.truncate(1 << 40)  # holds nothing, and takes no room
    with pytest.raises(IndexCorrupt):
        open_index(folder, settings=SETTINGS)


def reseal(folder, more=()):
    """A manifest with a right seal about files that somebody has made."""
    from dataclasses import replace

    from searchkit.store.manifest import FileRecord

    generation = current(folder)
    manifest = Manifest.read(generation)
    files = {name: FileRecord.of(generation / name) for name in manifest.files} | dict(more)
    rewrite(generation / NAME, replace(manifest, files=files).to_json().encode())
