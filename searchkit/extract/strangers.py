"""Extractors of others, so that what they do wrong is said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import index
from typing import Any, TypeVar

from searchkit.errors import ConfigurationError
from searchkit.extract.protocol import BatchExtractor, Extractor, Mention

T = TypeVar("T")
_HINT = "see searchkit.extract.Extractor for what one must do; the index is as it was"


class Stranger:
    """An extractor that was not made with searchkit, as one that keeps to the protocol.

    What it finds is put into its form: a list of tuples without mentions of nothing but white
    space.

    Args:
        spec: the setting that names it, for messages.
        extractor: does the work.

    >>> from searchkit.extract.rules import RuleExtractor
    >>> Stranger("python:mine:make", RuleExtractor()).extract("Putin in Helsinki")
    [(0, 5, 'PER'), (9, 17, 'LOC')]
    """

    def __init__(self, spec: str, extractor: Extractor) -> None:
        self.name = str(extractor.name)
        self.version = str(extractor.version)
        self._spec = spec
        self._extractor = extractor

    def extract(self, text: str) -> list[Mention]:
        """The mentions in a text.

        Raises:
            ConfigurationError: the extractor fails, or gives something else.
        """
        return self._asked(lambda: _read(text, self._extractor.extract(text)))

    def extract_many(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions in each of many texts, all at once where the extractor can.

        Raises what ``extract`` does.
        """
        if not isinstance(self._extractor, BatchExtractor):
            return [self.extract(text) for text in texts]
        many = self._extractor.extract_many
        return self._asked(
            lambda: [_read(t, found) for t, found in zip(texts, many(texts), strict=True)]
        )

    def canonical(self, span_text: str, label: str) -> str:
        """The name of a mention; the mention itself where the extractor has none.

        Raises what ``extract`` does.
        """
        name = self._asked(lambda: self._extractor.canonical(span_text, label))
        if not isinstance(name, str):
            raise self._error(f"gives {name!r} for the name of {span_text!r}")
        return name if name.split() else span_text

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except MemoryError:
            raise
        except Exception as error:  # whatever a stranger's code may raise
            raise self._error(f"failed: {type(error).__name__}: {error}") from error

    def _error(self, what: str) -> ConfigurationError:
        return ConfigurationError(f"the extractor {self._spec!r} {what}", _HINT)


def _read(text: str, found: Any) -> list[Mention]:
    """What an extractor gave, as mentions.

    Raises:
        TypeError, ValueError: it is something else.
    """
    mentions = []
    for start, end, label in found:
        span = index(start), index(end)  # of NumPy's numbers, too
        if 0 <= start < end and not text[start:end].isspace():
            mentions.append((*span, str(label)))
    return mentions
