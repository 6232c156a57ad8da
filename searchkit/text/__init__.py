"""German text to terms: normal forms, words, stems, sentences; every form analysed once."""

from searchkit.text.lexicon import AnalysedText, Lexicon

__all__ = ["AnalysedText", "Lexicon"]
