"""Whole programs around an index run and print what they should; mypy checks them strictly."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent / "examples"
PRINTED = {
    "sqlite_rows": (
        "Brücke 2020-04 True\nPegel 2019-05-03 True\n[FacetCount(value='Ina', count=2)]\n"
    ),
    "web_handler": (
        "{'total': 1, 'hits': [{'id': 'elbe', "
        "'html': ['Die &lt;<mark>Elbe</mark>&gt; steigt.']}]}\n"
    ),
    "fastapi_app": (
        "states seen are among 1, 2, 3: True\n"
        "200 {'total': 1, 'hits': [{'id': 'elbe', "
        "'html': ['Der Pegel der &lt;<mark>Elbe</mark>&gt; steigt.']}], 'next': None}\n"
        "400 limit-exceeded\n"
        "3\n"
    ),
    "typed_answers": "['elbe']\n",
    "update_while_serving": "states seen are among 1, 3, 5: True\n5 5\n",
    "pages_and_likes": (
        "[('dpa-3', 0), ('dpa-2', 0)] of 3\n"
        "[('dpa-3', 0), ('dpa-4', 0)] of 4\n"
        "[('dpa-2', 0), ('dpa-1', 1)] of 4\n"
        "afp-1 ['Helsinki', 'Präsidenten']\n"
    ),
    "quoted_passages": (
        "[elbe 0-77] Die Elbe entspringt im Riesengebirge. "
        "Sie mündet bei Cuxhaven in die Nordsee.\n"
    ),
    "custom_words": (
        "a-123/45 ['ventil']\n"
        "A-123 ['pumpe']\n"
        "#wartung ['ventil']\n"
        "Ventil AND preis:[10 TO 20] ['ventil']\n"
        "lager:kiel ['pumpe']\n"
        "Das Ventil <mark>A-123/45</mark> ersetzt A-123/44. #Wartung\n"
        "[('Bremen', 1), ('Kiel', 1)]\n"
        "settings-mismatch\n"
    ),
    "checked_documents": (
        "document-invalid: document 'b': date 'gestern' is not a date\n"
        "document-invalid: a document has the id ''\n"
        "1\n"
    ),
}


@pytest.mark.parametrize("name", PRINTED)
def test_the_example_runs(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if name == "fastapi_app":
        pytest.importorskip("fastapi", reason="fastapi and httpx come with the extra 'test'")
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    assert capsys.readouterr().out == PRINTED[name]


def test_every_example_is_run() -> None:
    assert {file.stem for file in EXAMPLES.glob("*.py")} == set(PRINTED)
