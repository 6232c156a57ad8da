"""From a setting to an extractor."""

from __future__ import annotations

import pytest

from searchkit.errors import ConfigurationError
from searchkit.extract.registry import default_extractor, make_extractor
from searchkit.extract.rules import RuleExtractor


def test_the_built_in_settings():
    assert make_extractor("none") is None
    assert isinstance(make_extractor("rules"), RuleExtractor)
    default = make_extractor("default")
    assert default is not None
    assert default.name == default_extractor().name


def test_a_factory_of_ones_own():
    made = make_extractor("python:searchkit.extract.rules:RuleExtractor")
    rules = RuleExtractor()
    assert (made.name, made.version) == (rules.name, rules.version)
    assert made.extract("Putin in Helsinki") == rules.extract("Putin in Helsinki")


@pytest.mark.parametrize(
    ("spec", "part"),
    [
        ("flaire", "flaire"),
        ("", "''"),
        ("rules:german", "rules:german"),
        ("python", "names no module"),
        ("python:searchkit", "names no module"),
        ("python:no_such_module_here:make", "no_such_module_here"),
        ("python:searchkit.extract.rules:Missing", "Missing"),
        ("python:searchkit.extract.protocol:KINDS", "no callable"),
        ("python:json:dumps", "failed: TypeError"),
        ("python:builtins:dict", "no name and no version and no extract and no canonical"),
    ],
)
def test_settings_that_cannot_work_say_what_and_what_to_do(spec, part):
    with pytest.raises(ConfigurationError) as caught:
        make_extractor(spec)
    assert part in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_an_unknown_setting_is_answered_with_the_known_ones():
    with pytest.raises(ConfigurationError) as caught:
        make_extractor("flaire")
    for spec in ("default", "rules", "none", "python:MODULE:FACTORY"):
        assert spec in caught.value.hint
