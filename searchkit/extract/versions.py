"""Names and versions of the built-in extractors, to be compared without loading one."""

from __future__ import annotations

# Raise both with every change of what is made of mentions, too (``resolve``).

#: Raise with every change of what the rules find.
RULES = ("rules", "4")

#: Raise with every change of what the trained extractor finds: model, lists, features.
TRAINED = ("trained", "4")

#: Raise with every change of what dates are found.
DATES = "1"

#: What the setting ``default`` stands for.
DEFAULT = TRAINED
