"""Marks in texts: the only place that escapes, for HTML, for terminals, for plain output.

It knows texts and spans, no values of searchkit; whole answers are put together in ``render``.
"""
