"""Names and versions of the built-in extractors, to be compared without loading one."""

from __future__ import annotations

#: Raise with every change of what the rules find.
RULES = ("rules", "2")

#: Raise with every change of what the trained extractor finds: model, lists, features.
TRAINED = ("trained", "2")

#: Raise with every change of what dates are found.
DATES = "1"

#: What the setting ``default`` stands for.
DEFAULT = TRAINED
