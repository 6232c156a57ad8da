"""Indexes of other formats. Of older ones there is what the last searchkit that wrote them made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from searchkit import (
    Document,
    IndexTooNew,
    IndexTooOld,
    Settings,
    SettingsMismatch,
    build_index,
    check_index,
    open_index,
)
from searchkit.store.manifest import FORMAT_VERSION, NAME

FORMATS = Path(__file__).parent / "formats"


@pytest.fixture(params=["format-3", "format-4", "format-5"])
def old(request, tmp_path):
    return shutil.copytree(FORMATS / request.param, tmp_path / "index")


@pytest.mark.parametrize("use", [open_index, check_index])
def test_an_older_format(old, use):
    with pytest.raises(IndexTooOld, match="--rebuild"):
        use(old)


@pytest.mark.parametrize("use", [open_index, check_index])
def test_a_newer_format_of_which_nothing_is_known(old, use):
    newer = {"format_version": FORMAT_VERSION + 1, "files": "elsewhere"}
    (old / "generation-000001" / NAME).write_text(json.dumps(newer))
    with pytest.raises(IndexTooNew, match="update searchkit"):
        use(old)


def test_an_older_format_can_be_rebuilt(old):
    build_index([Document("a", "Der Gipfel")], old).close()
    assert open_index(old).search("Gipfel").total == 1
    assert check_index(old).damages == ()


def test_other_settings(tmp_path):
    build_index([Document("a", "Der Gipfel")], tmp_path / "index").close()
    with pytest.raises(SettingsMismatch, match="compounds"):
        open_index(tmp_path / "index", settings=Settings(compounds=False))
    # Whether it is whole does not depend on settings.
    assert check_index(tmp_path / "index").damages == ()
