"""German text to terms: normal forms, words, stems, sentences; every form analysed once."""
