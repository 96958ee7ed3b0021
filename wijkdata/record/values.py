"""From what somebody typed to a value, and back: dates, numbers, codes. A refusal says what is wrong and what to do.

Stored values: text and codes str, several codes "a;b" in the order of the list, dates `date`, whole numbers int, decimals
float, money `Decimal` in euros, an answer "ja" or "nee". None is unknown: never 0, never "nee".
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache

from wijkdata import areas, dutch, limits
from wijkdata.catalogue import load
from wijkdata.record.fields import NO, YES, FieldSpec, options, words

Value = str | int | float | Decimal | date | None
# A number of people below 5, and one that is hidden because it would give one below 5 away.
SMALLEST, SMALL, MASKED = 5, "<5", "verborgen"
_UNKNOWN = {"", "-", "?", "onbekend", "n.v.t.", "nvt"}
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_LINK = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
_ANY_WHOLE = FieldSpec(name="whole", label="Heel getal", kind="whole")
# Lists change from version to version, and so does what text may hold: whatever was saved once is kept.
_AS_TEXT = {"text", "long", "link", "code", "codes", "pillar", "indicator", "activity"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class InvalidValueError(Exception):
    """A value that cannot be taken: `problem` and `remedy` are Dutch half-sentences. Caught in `record.checks`."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def parse(field: FieldSpec, typed: object) -> Value:
    """Read the value of what was typed (text, or a number, date or bool as a workbook gives it); None when unknown.

    Raises InvalidValueError.
    """
    if typed is None or (isinstance(typed, float) and typed != typed):
        return None
    if isinstance(typed, str):
        typed = _CONTROL.sub(" ", typed).strip()
        if typed.lower() in _UNKNOWN:
            return None
    return _PARSERS[field.kind](field, typed)


def can_be(field: FieldSpec, value: Value) -> bool:
    """Return whether this stored value can be one of the field: text for what is written as text, else what `parse` keeps."""
    if value is None:
        return True
    if field.kind in _AS_TEXT:
        return isinstance(value, str)
    if field.kind == "hidden_count" and isinstance(value, int):  # stored before a number below 5 was hidden
        return value >= 0
    try:
        return parse(field, value) == value
    except InvalidValueError:
        return False


def show(field: FieldSpec, value: Value) -> str:
    """Write the value as on a screen; "" when unknown."""
    if value is None:
        return ""
    if field.kind == "code":
        return options(field).get(str(value), str(value))
    if field.kind == "codes":
        return ", ".join(options(field).get(code, code) for code in str(value).split(";"))
    if isinstance(value, date):
        return dutch.day(value)
    if field.kind == "year" or isinstance(value, str):
        return str(value)
    decimals = 0 if value == int(value) else 2
    return dutch.number(float(value), decimals) + (f"{dutch.NBSP}{field.unit}" if field.unit else "")


def export(field: FieldSpec, value: Value) -> object:
    """Return the value for a cell, such that `parse` gives the same value back: words for codes, real dates and numbers."""
    if value is None:
        return None
    if field.kind == "code":
        return options(field).get(str(value), str(value))
    if field.kind == "codes":
        return "; ".join(options(field).get(code, code) for code in str(value).split(";"))
    return value


def _text(field: FieldSpec, typed: object) -> str:
    text = _CONTROL.sub(" ", str(typed)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if field.kind != "long":
        text = " ".join(text.split())
    if field.most and len(text) > field.most:
        raise InvalidValueError(f"de tekst heeft {len(text)} tekens", f"maak er hoogstens {field.most} van")
    return text


def _link(field: FieldSpec, typed: object) -> str:
    text = _text(field, typed)
    if not _LINK.fullmatch(text):
        raise InvalidValueError("dit is geen adres van een pagina", "begin met https:// of laat het leeg")
    return text


@cache
def _by_word(name: str) -> dict[str, str]:
    """Return what somebody may type of a list -> code: the code, the word, and the word before a colon."""
    listed = words()[name].items()
    known = {word.lower(): code for code, word in listed}
    known |= {word.split(":")[0].lower(): code for code, word in listed}
    return known | {code.lower(): code for code, _ in listed}


def _code(field: FieldSpec, typed: object) -> str:
    text = str(int(typed)) if isinstance(typed, float) and typed == int(typed) else str(typed)
    code = _by_word(field.words).get(text.strip().lower())
    if code is None:
        raise InvalidValueError("dit woord staat niet in de lijst", f"kies uit: {', '.join(options(field).values())}")
    return code


def _codes(field: FieldSpec, typed: object) -> str:
    wanted = {_code(field, part.strip()) for part in re.split(r"[;\n]", str(typed)) if part.strip()}
    return ";".join(code for code in options(field) if code in wanted)


def _date(field: FieldSpec, typed: object) -> date:
    if isinstance(typed, datetime):
        typed = typed.date()
    if not isinstance(typed, date):
        typed = _date_of(str(typed))
    if not limits.FIRST_YEAR <= typed.year <= limits.LAST_YEAR:
        raise InvalidValueError(
            f"het jaar {typed.year} kan niet", f"kies een jaar van {limits.FIRST_YEAR} tot en met {limits.LAST_YEAR}"
        )
    return typed


def _date_of(text: str) -> date:
    day_first, year_first = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    parts = [
        int(part) for part in (day_first.groups()[::-1] if day_first else year_first.groups() if year_first else ())
    ]
    try:
        return date(*parts) if parts else date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise InvalidValueError("dit is geen datum", "schrijf dag-maand-jaar, bijvoorbeeld 31-12-2025") from error


def _number(typed: object) -> Decimal:
    """A number as it was typed (see `dutch.parse_number`), or as a workbook gives it."""
    value = dutch.parse_decimal(typed) if isinstance(typed, str) else _cell_number(typed)
    if value is None:
        raise InvalidValueError("dit is geen getal", "vul een getal in, of laat het leeg als het onbekend is")
    if not value.is_finite() or abs(value) >= limits.NUMBER:
        raise InvalidValueError("dit getal kan niet", "vul een getal onder een miljard in")
    return value


def _cell_number(typed: object) -> Decimal | None:
    if isinstance(typed, bool):
        return None
    try:
        return Decimal(str(typed))
    except InvalidOperation:
        return None


def _within(field: FieldSpec, value: Decimal) -> Decimal:
    least = 0 if field.least is None and field.kind in ("money", "percent") else field.least
    most = 100 if field.kind == "percent" else field.most
    if least is not None and value < least:
        raise InvalidValueError("dit getal is te laag", f"vul een getal vanaf {least} in")
    if most is not None and value > most:
        raise InvalidValueError("dit getal is te hoog", f"vul een getal tot en met {most} in")
    return value


def _whole(field: FieldSpec, typed: object) -> int:
    value = _within(field, _number(typed))
    if value != int(value):
        raise InvalidValueError("dit is geen heel getal", "rond af op een heel getal")
    return int(value)


def _decimal(field: FieldSpec, typed: object) -> float:
    return float(_within(field, _number(typed)))


def _money(field: FieldSpec, typed: object) -> Decimal:
    value = _within(field, _number(typed))
    if value != round(value, 2):
        raise InvalidValueError("dit bedrag heeft meer dan twee decimalen", "rond af op centen")
    return value.quantize(Decimal("0.01"))


def _year(field: FieldSpec, typed: object) -> int:
    year = _whole(_ANY_WHOLE, typed)
    if not limits.FIRST_YEAR <= year <= limits.LAST_YEAR:
        raise InvalidValueError(
            "dit jaar kan niet", f"kies een jaar van {limits.FIRST_YEAR} tot en met {limits.LAST_YEAR}"
        )
    return year


def _answer(field: FieldSpec, typed: object) -> str:
    text = {True: YES, False: NO}[typed] if isinstance(typed, bool) else str(typed).lower()
    if text not in (YES, NO):
        raise InvalidValueError("dit is geen antwoord", "vul ja of nee in, of laat het leeg als het onbekend is")
    return text


def _area(field: FieldSpec, typed: object) -> str:
    code = areas.normalise(typed)
    if code is None:
        raise InvalidValueError(
            "dit is geen code van een gemeente, wijk of buurt", "schrijf GM en 4, WK en 6 of BU en 8 tekens"
        )
    return code


@cache
def _by_title(kind: str) -> dict[str, str]:
    """Return what somebody may type -> code: the code and the title of a pillar or an indicator."""
    items = load().pillars if kind == "pillar" else load().indicators
    return {item.title.lower(): code for code, item in items.items()} | {code.lower(): code for code in items}


def _of_catalogue(field: FieldSpec, typed: object) -> str:
    known = _by_title(field.kind)
    code = known.get(str(typed).strip().lower())
    if code is None:
        codes = ", ".join(dict.fromkeys(known.values()))
        raise InvalidValueError(
            f"deze {'pijler' if field.kind == 'pillar' else 'indicator'} bestaat niet", f"kies uit: {codes}"
        )
    return code


def _activity(field: FieldSpec, typed: object) -> str:
    text = str(int(typed)) if isinstance(typed, float) and typed == int(typed) else str(typed).strip()
    if len(text) > 40 or not text.isprintable():
        raise InvalidValueError("dit nummer kan niet", "gebruik hoogstens 40 letters, cijfers of streepjes")
    return text


def _hidden_count(field: FieldSpec, typed: object) -> int | str:
    """Read a number of people; below 5 only that it is below 5. None at all is 0."""
    text = str(typed).replace(" ", "").lower()
    if text in (SMALL, MASKED):
        return text
    number = _whole(field, typed)
    return small_hidden(number)


def small_hidden(number: int) -> int | str:
    """Return a number of people, or only that it is below 5. None at all is 0."""
    return SMALL if 0 < number < SMALLEST else number


def is_hidden(number: object) -> bool:
    """Return whether this number of people is kept back."""
    return number in (SMALL, MASKED)


_PARSERS: dict[str, Callable[[FieldSpec, object], Value]] = {
    "text": _text,
    "long": _text,
    "link": _link,
    "code": _code,
    "codes": _codes,
    "date": _date,
    "year": _year,
    "whole": _whole,
    "percent": _whole,
    "decimal": _decimal,
    "money": _money,
    "answer": _answer,
    "area": _area,
    "pillar": _of_catalogue,
    "indicator": _of_catalogue,
    "activity": _activity,
    "hidden_count": _hidden_count,
}
