"""Where German sentences begin and end.

One regular expression finds the candidates (a full stop, question mark, exclamation mark or
ellipsis before a blank, and line breaks), then a few look-ups decide: what follows in lower case
goes on; after an abbreviation, an initial or an ordinal only a word that typically opens a sentence
starts a new one. A line break always ends a sentence, because line breaks separate paragraphs and
headlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from searchkit.markup.spans import Span

_OPENERS = "\"'„“”‚‘’»«›‹([{*_"
# German closes with “ and «, English and Swiss texts with ” and »; Markdown marks stand there too.
_CLOSERS = r"""["'“”‘’»«›‹)\]}*_]"""
_LINE_BREAKS = r"\n\r\v\f\x85\u2028\u2029"
# A line break, or marks that may end a sentence, with what closes it and the blanks behind; the
# empty group is where the sentence would stop. All begin with one class, which is found fastest.
# The look-behind admits only the first mark of a run, so that a long run of marks or quotes is read
# once and given back once at most. Only what repeats single characters is possessive, as CPython
# before 3.11.5 gets possessive groups wrong. [12] is a footnote.
_END = re.compile(
    rf"[.!?…{_LINE_BREAKS}](?:(?<=[{_LINE_BREAKS}])\s*+|(?<=[.!?…])(?<![.!?…][.!?…])[.!?…]*+"
    rf"(?:{_CLOSERS}|\[[0-9]{{1,3}}\])*()(?:\s++|\Z))"
)
_BREAK = re.compile(f"[{_LINE_BREAKS}]")
_NEXT_WORD = re.compile(rf"[{re.escape(_OPENERS)}]{{0,3}}(\w{{1,20}})")
# 16 · 3.10 · 16.-18 · 19/20 · 100 · XIV, each before its full stop; not 2018, 5.000, Covid-19.
_ORDINAL = re.compile(r"(?:[0-9]{1,2}[.\-–/]{1,2})*[0-9]{1,2}|[0-9]{3}|[IVXL]+")
_ORDINAL_ENDS = "0123456789IVXL"
# Longer than every abbreviation below and than Roman ordinals.
_LONG = 8
# Long enough for every abbreviation below; a longer word is none.
_WINDOW = 20


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    """
    Dr Prof Hr Hrn Fr Frl Mr Mrs Ms St Sr Hl hl Nr Nrn Dipl Ing Mag med phil jur rer nat habil
    bzw ca Ca vgl Vgl geb gest verh sog Sog inkl exkl zzgl abzgl evtl ggf Ggf gem max mind allg
    bes insb insbes urspr eigtl ehem vs dt engl frz franz ital lat griech österr schweiz röm
    Bsp bspw Bspw zit Hrsg hrsg Tel stv stellv Abb Abs Bd Kap Ziff Gebr Fa mtl jährl vorm
    """
)
_SOMETIMES_LAST = _words(
    """
    usw etc Mio Mrd Tsd Jh Jhd Jhdt Jan Feb Febr Mrz Apr Jun Jul Aug Sep Sept Okt Nov Dez
    Std Sek Str Co Inc Corp Ltd Jr jr sen jun Chr ff Bio Abt Anm Aufl ebd Pkt Gen Lt Hbf
    """
)
# Nouns of every day too: an abbreviation only where a number follows.
_BEFORE_NUMBERS = frozenset(["Art", "Tab", "Lit", "Az", "Rn", "Pos", "Anl"])
_DOTTED = (
    *("z.B", "Z.B", "d.h", "D.h", "z.T", "u.U", "U.U", "i.d.R", "I.d.R", "v.a", "V.a", "m.E"),
    *("o.g", "u.g", "s.o", "s.u", "i.S", "h.c", "z.Z", "u.v", "i.H", "a.o", "i.e", "e.g"),
)
_FIRST_WORDS = _words(
    """
    Der Die Das Des Dem Den Ein Eine Einer Eines Einem Einen Er Sie Es Wir Ihr Ich Man Du
    Dies Diese Dieser Dieses Diesem Diesen Jene Jener Jeder Jede Jedes Kein Keine Keiner
    Mein Meine Sein Seine Seiner Ihre Ihrer Unser Unsere Alle Alles Beide Viele Einige Manche
    Mehr Mehrere Andere Weitere In Im Ins An Am Auf Aus Bei Beim Bis Mit Nach Von Vom Vor Zu
    Zum Zur Über Unter Für Durch Gegen Ohne Um Seit Während Wegen Trotz Laut Zwischen Neben
    Statt Und Oder Aber Doch Denn Sondern Auch Nur Noch Schon Nicht Wenn Als Wie Was Wer Wo
    Warum Wann Weil Welche Da Dass Ob Obwohl Damit Dann Danach Dabei Dazu Dafür Dagegen Daher
    Deshalb Deswegen Darum Darauf Darin Daraus Darüber Dadurch Davon Davor Dort Hier Hierzu
    Heute Gestern Jetzt Nun Bald So Sogar Somit Zudem Außerdem Allerdings Jedoch Dennoch
    Trotzdem Zwar Bisher Bislang Inzwischen Mittlerweile Insgesamt Anschließend Später Zuvor
    Zunächst Zuletzt Zugleich Gleichzeitig Schließlich Vielmehr Vielleicht Immer Nie Selbst
    Etwa Rund Hinzu Ferner Ebenso Daneben Demnach Sowohl Weder Entweder Sobald Falls Nachdem
    Bevor Solange Soweit Ebenfalls Wenige Nichts Niemand Jemand Dessen Deren
    """
)


def sentence_spans(text: str) -> list[Span]:
    """Find the sentences of a German text.

    Closing quotes and brackets after the last full stop belong to the sentence. A line break ends
    a sentence, a colon does not.

    Args:
        text: any text; its length is bounded by memory only, the time is linear.

    Returns:
        Half-open code point offsets in order. They do not overlap, do not begin or end with a
        blank, and cover every code point that is no blank.

    >>> text = "Dr. Mai kam am 3. Oktober. „Gut!“ rief er. Und dann?"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Dr. Mai kam am 3. Oktober.', '„Gut!“ rief er.', 'Und dann?']
    """
    return list(sentences(text))


def sentences(text: str, begin: int = 0, end: int | None = None) -> Iterator[Span]:
    """The same one by one, of a piece of a text: no more is read than is asked for.

    Args:
        text: the whole.
        begin, end: the piece; what stands around it does not count.
    """
    piece = text[begin:end]
    length = len(piece)
    start = length - len(piece.lstrip())
    if start == length:
        return
    for match in _END.finditer(piece, start):
        mark, behind = match.span()
        if behind == length:
            break  # nothing but blanks is left
        stop = match.start(1)
        if stop < 0:
            stop = _without_blanks(piece, start, mark)
        elif not (_breaks_line(piece[stop:behind]) or _is_end(piece, start, mark, behind)):
            continue
        yield begin + start, begin + stop
        start = behind
    yield begin + start, begin + _without_blanks(piece, start, length)


def _breaks_line(blanks: str) -> bool:
    return blanks != " " and _BREAK.search(blanks) is not None


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _is_end(text: str, start: int, mark: int, behind: int) -> bool:
    """Whether a sentence ends inside its line.

    Args:
        text: the whole.
        start: where the sentence begins.
        mark: the place of the full stop, or what else may end it.
        behind: of the next word.
    """
    following = text[behind]
    if mark == start or following.islower():
        return False
    if text[mark] != "." or text[mark + 1] in ".!?…":
        return text[mark - 1] not in "(["  # "[...]" leaves something out
    if mark - start > _LONG and text[mark - _LONG : mark].isalpha():
        return True  # no abbreviation and no ordinal is as long: most sentences end like this
    before = text[max(start, mark - _WINDOW) : mark]
    words = before.split()  # none where a full stop follows a long run of blanks
    word = words[-1].lstrip(_OPENERS) if words else ""
    if word[-1:] in _ORDINAL_ENDS and _ORDINAL.fullmatch(word):
        sure = False
    else:
        part = word.rpartition(".")[2].rpartition("-")[2]
        if part in _NEVER_LAST or (part in _BEFORE_NUMBERS and following.isdigit()):
            return False
        if len(part) == 1 and "".join(words).endswith(_DOTTED):
            return False
        sure = not (len(part) == 1 and part.isalpha()) and part not in _SOMETIMES_LAST
    # What opens the sentence ("1. Die Preise") numbers it and does not end it.
    return sure or (mark - len(word) > start and _opens_sentence(text, behind))


def _opens_sentence(text: str, start: int) -> bool:
    word = _NEXT_WORD.match(text, start)
    return word is not None and word[1] in _FIRST_WORDS
