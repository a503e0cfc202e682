"""Translate dates of other languages, ``2. Januar 2027``, to English, which the readings know.

Only words of dates are translated, one by one. A word may be two of them: ``mar.`` is Tuesday in
French and March in Spanish, ``listopad`` is November in Polish and October in Croatian. All its
translations are returned, and the readings show which of them are dates.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import islice, product

from timeline.dates.corrections.cldr_words import MONTHS, WEEKDAYS
from timeline.dates.names import MONTH_NAMES, WEEKDAY_NAMES

_MOST = 16
"""How many translations of a text are tried."""

_OTHER_WORDS = {
    "": "al am anul d da de dem den der del di do du el em en eta g gada gads god godine i il im "
    "in le les lo m metu na o om op r rok roku sa v z г год года го г.р р рік року gada",
    "to": "a ao até au al bis do hasta jusqu'au no t/m till tot ate à до по до и",
    "and": "und et y e en og och ja i и",
    "at": "a à alle às as kello kl klo klockan klokka las ora um om в о ob",
    "h": "h heure heures hod hodin hora horas godz ore uhr uur час часа часов ч ура",
    "circa": "approximativement aprox ca circa cca environ etwa hacia okolo omkring ungefähr "
    "ungefär vers около приблизительно",
    "quarter": "čtvrtletí kvartal kwartaal kwartał quartal trimestr trimestre квартал тримесечие",
    "half": "halbjahr halvår semestr semestre semester полугодие",
    "week": "settimana semaine semana uge uke vecka viikko woche неделя седмица",
    "first": "eerste erste ersten erster erstes första første premier première primeira primeiro "
    "primer primera primero prima primo первый",
    "second": "andra anden andre deuxième segunda segundo seconda secondo tweede zweite zweiten "
    "zweiter zweites второй",
    "third": "derde dritte dritten dritter drittes terceira terceiro tercer tercera tercero terza "
    "terzo tredje troisième третий",
    "fourth": "cuarta cuarto fjerde fjärde quarta quarto quatrième vierde vierte vierten vierter "
    "viertes четвёртый",
    "last": "dernier dernière laatste letzte letzten letzter letztes sidste sista siste ultima "
    "ultimo последний",
    "spring": "frühjahr frühling lente primavera printemps vår весна",
    "summer": "estate été sommer sommar verano verão zomer лето",
    "autumn": "autunno automne efterår herbst herfst höst høst otoño outono осень",
    "winter": "hiver inverno invierno vinter winter зима",
    "january": "jänner",
    "february": "feber",
    "march": "mrz",
    "september": "setiembre",
}
"""English words, and those of other languages that mean them in a date; ``""`` for no meaning."""

_ENGLISH = ("a", "and", "at", "circa", "h", "in", "of", "on", "the", "to", "week", "winter")
"""English words that other languages have as well; as a text of these, a text is not foreign."""

_TO_BE_CONFIRMED = frozenset(
    {
        *("à confirmer", "à déterminer", "à définir", "por confirmar", "por definir"),
        *("a confirmar", "a definir", "da confermare", "da definire", "noch offen"),
        *("noch nicht bekannt", "wird noch bekannt gegeben", "wird noch bekanntgegeben"),
        *("未定", "待定", "미정"),
    }
)

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(
    rf"(?<![\w.])[^\W\d_]+(?:[{_APOSTROPHES}/][^\W\d_]+)*(?:\.(?=[ ,)]|\Z)|(?![.\w]))"
)
"""A word with the dot of an abbreviation; in ``rally.end + 2d`` there is none."""
_ORDINAL = re.compile(r"(?<=\d)(?:er|ème|e|\.?[ºª°]|-?[iy]|\.)(?= |\Z)")
_ELISION = re.compile(rf"\b[dl][{_APOSTROPHES}](?=[^\W\d_])|-feira\b", re.IGNORECASE)

_YEAR, _MONTH, _DAY = r"(\d{4}) ?[年년]", r" ?(\d\d?) ?[月월]", r" ?(\d\d?) ?[日号號일]"
_REIWA = re.compile(r"令和 ?(\d\d?|元) ?年")
_SIGN = re.compile(
    r"\((?:星期|周|週)?([日月火水木金土一二三四五六天월화수목금토일])(?:曜日?|요일)?\)"
    r"|(?:星期|周|週)([一二三四五六日天])|([日月火水木金土])曜日?|([월화수목금토일])요일"
)
"""The sign of a weekday, in brackets or with the word for a weekday."""

_HOUR = r"(\d\d?) ?[時时点點시:] ?(?:(\d\d)(?: ?[分분])?)?"
_EAST_ASIAN = (
    (r"(?<=[日月年일월년]) ?(?:[-~]|から|부터|至|到) ?", " to "),
    (r"まで|까지", ""),
    (rf"{_YEAR}{_MONTH}{_DAY} to {_DAY}", r"\1-\2-\3 to \1-\2-\4 "),
    (rf"{_YEAR}{_MONTH}{_DAY} to{_MONTH}{_DAY}", r"\1-\2-\3 to \1-\4-\5 "),
    (rf"{_YEAR}{_MONTH}{_DAY}", r"\1-\2-\3 "),
    (rf"{_YEAR}{_MONTH}", r"\1-\2 "),
    (_YEAR, r"\1 "),
    (rf"(?:午前|上午|오전) ?{_HOUR}", r" \1:\2 am "),
    (rf"(?:午後|下午|오후) ?{_HOUR}", r" \1:\2 pm "),
    (r"(\d\d?) ?[時时点點시] ?(\d\d) ?[分분]", r"\1:\2"),
    (r"(\d\d?) ?[時时点點시]", r"\1:00"),
    (r": (?=[ap]m )", ":00 "),
)
_WEEKDAY_SIGNS = ("月一월", "火二화", "水三수", "木四목", "金五금", "土六토", "日天일")


def means_to_be_confirmed(text: str) -> bool:
    """Return whether a text in lower case says in another language that a date is not known."""
    return text in _TO_BE_CONFIRMED


def in_english(text: str) -> list[str]:
    """Return what a plain text means in English, most likely first; empty if it is not foreign."""
    if text.isascii() and not _WORD.search(text):
        return []
    changed = _ELISION.sub("", _without_signs(text))
    parts, words = _WORD.split(changed), _WORD.findall(changed)
    options = [_translations(word) for word in words]
    if changed == text and all(
        word in option or word.rstrip(".").lower() in option
        for word, option in zip(words, options, strict=True)
    ):
        return []
    texts = (
        "".join(part + word for part, word in zip(parts, (*chosen, ""), strict=True))
        for chosen in islice(product(*options), _MOST)
    )
    return list(dict.fromkeys(" ".join(_ORDINAL.sub("", text).split()) for text in texts))


def _translations(word: str) -> tuple[str, ...]:
    """Return the English words for a word, with a dot or without; itself if it has none."""
    return _dictionary().get(_folded(word.rstrip("."))) or (word,)


@cache
def _dictionary() -> dict[str, tuple[str, ...]]:
    """Return the English words by each foreign word, without accents."""
    meanings: dict[str, dict[str, None]] = {word: {word: None} for word in _ENGLISH}
    tables = (*zip(MONTH_NAMES, MONTHS, strict=True), *zip(WEEKDAY_NAMES, WEEKDAYS, strict=True))
    for english, words in (*tables, *_OTHER_WORDS.items()):
        for word in words.split():
            for spelling in {_folded(word), _folded(word.translate(_DIGRAPHS))}:
                meanings.setdefault(spelling, {})[english.lower()] = None
    return {word: tuple(english) for word, english in meanings.items()}


_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""What is typed for a letter that a keyboard does not have: ``Maerz``."""


def _folded(word: str) -> str:
    """Return a word in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _without_signs(text: str) -> str:
    """Return a text without the signs of ``2027年1月3日(日) 18時``."""
    if text.isascii():
        return text
    text = _REIWA.sub(lambda match: f"{2018 + int(match[1].replace('元', '1'))}年", text)
    weekdays = [_weekday(match[match.lastindex or 0]) for match in _SIGN.finditer(text)]
    text = _SIGN.sub(" ", text)
    for pattern, replacement in _EAST_ASIAN:
        text = re.sub(pattern, replacement, text)
    return " ".join((*weekdays, *text.split()))


def _weekday(sign: str) -> str:
    return next(
        name for name, signs in zip(WEEKDAY_NAMES, _WEEKDAY_SIGNS, strict=True) if sign in signs
    )
