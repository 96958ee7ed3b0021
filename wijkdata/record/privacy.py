"""What free text may not hold: a way to reach one person. Activities are recorded, never people."""

import re

_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?<![\d,.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,13}(?![\d,])")
_PHONE = re.compile(r"(?:\+31|0031|0)(?:\(0\))?[1-9]\d{8}")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_AREA = re.compile(r"\b(?:GM|WK|BU)\d{4,8}\b", re.IGNORECASE)


def found_in(text: str) -> tuple[str, str] | None:
    """(what it is, in Dutch; the piece of text) of the first thing that points at a person, or None.

    A number of nine digits (eight, when its zero was lost) that passes the eleven-test is taken for a BSN.
    """
    email = _EMAIL.search(text)
    if email:
        return "een e-mailadres", email[0]
    # An area code or a web address is no number of a person.
    for found in _DIGITS.finditer(_AREA.sub(" ", _LINK.sub(" ", text))):
        digits = re.sub(r"[^\d+]", "", found[0])
        if _PHONE.fullmatch(digits):
            return "een telefoonnummer", found[0].strip()
        if is_bsn(digits.lstrip("+")):
            return "een nummer dat een BSN kan zijn", found[0].strip()
    return None


def is_bsn(digits: str) -> bool:
    """The eleven-test: 9 a + 8 b + 7 c + 6 d + 5 e + 4 f + 3 g + 2 h - i is a multiple of 11 (not all zero)."""
    if len(digits) not in (8, 9) or not digits.isdecimal() or int(digits) == 0:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits.zfill(9), strict=True)) % 11 == 0
