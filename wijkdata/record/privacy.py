"""What free text may not hold: a way to reach one person. Activities are recorded, never people."""

import re

_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
# Not in the middle of a longer number, nor the decimals or the whole part of one.
_START, _END = r"(?<!\d)(?<!\d[.,])", r"(?!\d)(?!,\d)"
_GAP = r"[\s().\-/]{0,2}"
_PHONE = re.compile(
    rf"{_START}(?:(?:\+|00)31{_GAP}(?:0{_GAP})?|\(?0)[1-9](?:{_GAP}\d){{8}}{_END}|\+[1-9](?:{_GAP}\d){{8,13}}{_END}"
)
# In one piece, or in the two ways in which people write it in pieces: a range of years is 4 and 4.
_BSN = re.compile(rf"{_START}(?:\d{{8,9}}|\d{{3}}([ .\-])\d{{3}}\1\d{{3}}|\d{{4}}([ .\-])\d{{2}}\2\d{{3}}){_END}")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_AREA = re.compile(r"\b(?:GM|WK|BU)\d{4,8}\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}|(?:19|20)\d{2}([-/.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01]))\b"
)


def found_in(text: str) -> tuple[str, str] | None:
    """Find the first thing that points at a person: (what it is, in Dutch; the piece of text), or None.

    A number of nine digits (eight, when its zero was lost) that passes the eleven-test is taken for a BSN.
    """
    if email := _EMAIL.search(text):
        return "een e-mailadres", email[0]
    # An area code, a date or a web address is no number of a person.
    for known in (_LINK, _AREA, _DATE):
        text = known.sub(" ; ", text)
    if phone := _PHONE.search(text):
        return "een telefoonnummer", phone[0].strip()
    for match in _BSN.finditer(text):
        if is_bsn(re.sub(r"\D", "", match[0])):
            return "een nummer dat een BSN kan zijn", match[0]
    return None


def is_bsn(digits: str) -> bool:
    """Do the eleven-test: 9 a + 8 b + 7 c + 6 d + 5 e + 4 f + 3 g + 2 h - i is a multiple of 11 (not all zero)."""
    if len(digits) not in (8, 9) or not digits.isdecimal() or int(digits) == 0:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits.zfill(9), strict=True)) % 11 == 0
