"""Every example in a docstring runs and prints what it shows."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import searchkit
from tests.conftest import ROOT, SEEDS

MODULES = [
    module.name
    for module in pkgutil.walk_packages(searchkit.__path__, "searchkit.")
    if not module.name.startswith(("searchkit.__main__", "searchkit.training"))
]


@pytest.mark.parametrize("name", ["searchkit", *MODULES])
def test_examples(name, tmp_path, monkeypatch):
    """Examples may use all names, ``folder`` (empty), ``seeds``, ``index`` (of the seed text) and
    ``index_path`` (where that lies).
    """
    monkeypatch.chdir(ROOT)
    module = importlib.import_module(name)
    public = {public: getattr(searchkit, public) for public in searchkit.__all__}
    names = vars(searchkit) | public | vars(module) | {"folder": tmp_path, "seeds": str(SEEDS)}
    names["index_path"] = tmp_path / "seed-index"
    parser = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    tests = [test for test in parser.find(module, name, globs=names) if test.examples]
    if any("index" in example.source for test in tests for example in test.examples):
        with searchkit.build_index(SEEDS, tmp_path / "seed-index") as index:
            for test in tests:
                test.globs["index"] = index
                runner.run(test)
    else:
        for test in tests:
            runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


def test_the_modules_are_found():
    assert len(MODULES) > 40
    assert Path(searchkit.__file__).name == "__init__.py"
