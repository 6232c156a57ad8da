"""The query language, written down: the grammar, its rules, and examples that the tests run."""

from __future__ import annotations

from typing import NamedTuple

GRAMMAR = r"""
query    = { clause }                    side by side: any of them, best first
clause   = operand { AND operand }       also: UND
         | clause OR clause              also: ODER; the same as side by side
operand  = [ NOT | "+" | "-" ] term      also: NICHT
term     = [ field ":" ] (word | phrase | range | "(" query ")") [ "^" factor ]
word     = [ "=" ] characters [ "~" [ errors ] ]
phrase   = '"' words '"' [ "~" gaps ]    also: „…“  “…”  »…«  «…»  ›…‹  ‹…›
range    = from ".." to | from ".." | ".." to | "[" from " TO " to "]"
         | (">=" | ">") from | ("<=" | "<") to
field    = titel text person ort organisation datum jahr monat erwaehnt id,
           or metadata (title, place, org, date, year, month, day,
           mentioned_date; quelle = source)

Precedence   Suffixes bind first, then NOT, + and -, then AND, then OR and words
             side by side. "a b AND c" finds a, or b together with c.
Operators    AND OR NOT UND ODER NICHT are operators in capitals only. One
             without a word to work on is left out; a query of nothing else is
             read as words.
Signs        + and - count before a word, quote or parenthesis, after a blank or
             parenthesis. "a -b" finds a without b. "+a b" finds a; b adds to
             the score. Beside OR, "-b" is an alternative: all texts without b.
             Exclusions alone find everything else.
Words        G20-Gipfel, C++, E-Mail, 12:30, geht's, https://x.de/y, and
             Bürger:innen, Bürger*innen, Bürger_innen, Bürger/-innen,
             Bürger(innen) are words as they stand, and so is what the setting
             word_patterns names. Punctuation around words means nothing.
Fields       A colon makes a field where a known name stands before it and a
             value directly behind it. Text fields hold words; person, ort,
             organisation, id and metadata hold values, compared as a whole in
             any case, so that several words need quotes. A person is found by
             any of the names: person:Merkel. In "feld:(a b)" the field holds
             for each word inside. Values, dates and numbers add nothing to the
             score; AND makes them narrow down what words find: (Gipfel Treffen)
             AND datum:2018.
Dates        2018, 2018-07, 2018-07-16, 16.7.2018, 7/2018, "Juli 2018",
             "16. Juli 2018"; quarters and halves: Q3/2018, 2018-Q3, H2/2018,
             "3. Quartal 2018". A range covers its last date as a whole; its
             ends may have quotes: "April 2018".."Mai 2019". In brackets, *
             leaves an end open. Seasons and "Ende 2018" have no fixed days:
             write the months.
Numbers      10, -3, 1.5 or 1,5. Both ends of a range belong to it.
Wildcards    Unstemmed forms: * is any run of characters, ? is one. A ? counts
             directly before a letter, a digit or another such ?, and anywhere
             in a word with another wildcard; else it ends a question. ** is *,
             but never the star of Bürger*innen. * alone finds everything,
             "feld:*" all that have a value. Of person, ort and organisation a
             pattern fits the whole value or any word of it.
Suffixes     ~1 and ~2 forgive that many errors (~ is ~1); behind a phrase, ~n
             lets it have gaps of n words, at most 100. ^ weighs by a number
             above 0, at most 1000.
Exact        =Gipfel finds this form only: no inflection, no compounds.
Limits       10000 characters, 256 words, 100 words in a phrase, 50 parentheses
             inside one another, 10 words with wildcards or ~, of 100 characters
             each, which stand for 1000 words. What is beyond is left out, and a
             note says so.
""".strip("\n")


class Example(NamedTuple):
    """A query and what it finds."""

    query: str
    meaning: str


EXAMPLES = (
    Example("Gipfel Washington", "either word; both, or rarer ones, first"),
    Example('"Gipfel in Helsinki"', "these words in this order"),
    Example("„Gipfel in Helsinki“", "the same"),
    Example('"Trump Putin"~5', "both words, close to each other"),
    Example("Gipfel AND Helsinki", "both words"),
    Example("Gipfel UND NICHT Helsinki", "the first word without the second"),
    Example("Gipfel OR Treffen AND Helsinki", "the first word, or the other two together"),
    Example("(Gipfel ODER Treffen) UND Helsinki", "either of two words, and the third"),
    Example("+Gipfel Helsinki -Trump", "the first must be there, the last must not"),
    Example("-Trump", "everything without the word"),
    Example("titel:Gipfel", "the word in the title"),
    Example("titel:(Gipfel Treffen)", "either word in the title"),
    Example('person:"Wladimir Putin"', "texts that name this person"),
    Example("person:(Putin OR Trump) -ort:USA", "one of two persons, not that place"),
    Example("(Gipfel Treffen) AND datum:2018", "either word, in 2018"),
    Example("organisation:NATO datum:2018", "the organisation, or the year"),
    Example("quelle:Tagesblatt", "metadata: this source"),
    Example("datum:2018-07", "of July 2018"),
    Example('datum:"Juli 2018"', "the same"),
    Example("Gipfel AND datum:2018-07..2018-12", "the word, in the second half of 2018"),
    Example("erwaehnt:2018-07", "a date in July 2018 is written in the text"),
    Example("datum:2018..", "of 2018 or later"),
    Example("datum:..2018", "of 2018 or earlier"),
    Example("datum:<2018-07", "before July 2018"),
    Example("datum:Q3/2018", "of July to September 2018"),
    Example('datum:"April 2018".."Mai 2019"', "a range of dates with blanks"),
    Example("zahl:[10 TO 20]", "metadata: a number from 10 to 20"),
    Example("zahl:10..20", "the same"),
    Example("Regier*", "words that begin so"),
    Example("Reg?er*ng", "words that look so"),
    Example("Putn~1", "words one typing error away"),
    Example("Gipfel^2 Treffen", "the first word counts twice"),
    Example("=Gipfel", "this form only"),
    Example("person:Put*", "texts that name somebody with such a name"),
    Example("person:*", "texts that name any person"),
    Example("*", "everything"),
    Example("Wer war Putin?", "a question: small words count less"),
    Example(r"\AND", "the word AND"),
)


def grammar_help() -> str:
    """Examples, which most people need, then the grammar and its rules, in at most 80 columns.

    >>> grammar_help().splitlines()[0]
    'The query language'
    """
    width = max(len(example.query) for example in EXAMPLES)
    table = "\n".join(f"  {query:<{width}}  {meaning}" for query, meaning in EXAMPLES)
    return f"The query language\n\n{table}\n\nThe grammar, and its rules\n\n{GRAMMAR}\n"
