"""What free text may not hold: a way to reach one person, or a number of one. Activities are recorded, never people.

Every search looks from a mark (an at sign, a digit, a country code) a fixed distance around it: a long text costs its length.
"""

import re
import unicodedata
from collections.abc import Iterator

Found = tuple[str, str]

# A dash of print is a dash, a space of any width a space; what has no width is not there.
_DASHES = "‐‑‒–—―−﹘﹣－"
_LOCAL, _DOMAIN = 64, 255
_AT = re.compile(
    r"\s?@\s?|\s?[\[({<]\s?(?:at|@|apenstaartje)\s?[\])}>]\s?|\s(?:apenstaartje|at)\s(?=[\w-]+(?:\.|\sdot\s|\spunt\s)[a-z])",
    re.IGNORECASE,
)
_BEFORE_AT = re.compile(r"[\w.+-]+$")
_DOT = r"(?:\.|\s?[\[({<]\s?(?:dot|punt|\.)\s?[\])}>]\s?|\s(?:dot|punt)\s)"
_AFTER_AT = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}})+", re.IGNORECASE)
# Not in the middle of a longer number, nor the decimals or the whole part of one.
_START, _END = r"(?<!\d)(?<!\d[.,])", r"(?!\d)(?![.,]\d)"
_GAP = r"[\s().\-/_]{0,4}"
_PHONE = re.compile(
    rf"{_START}(?:(?:\+|00)31{_GAP}(?:0{_GAP})?|\(?[0oO] ?)[1-9](?:{_GAP}\d){{8}}{_END}|\+[1-9](?:{_GAP}\d){{8,13}}{_END}"
)
_BSN = re.compile(rf"{_START}\d{{8,9}}{_END}")
# In pieces: the same mark between them, with or without spaces.
_PIECES = re.compile(rf"{_START}\d{{1,4}}(\s?[ .\-/_:]\s?)\d{{1,5}}(?:\1\d{{1,5}}){{0,7}}{_END}")
_SHAPES = {(3, 3, 3), (4, 2, 3), (2, 2, 2, 3), (3, 2, 2, 2), (2, 3, 4), (4, 5), (3, 2, 4), (2, 2, 5), (1,) * 9}
_SAYS_BSN = re.compile(r"(?:\bbsn|burgerservicenummers?|sofi-?nummers?)\b[\s:=#-]{0,3}(?:is\s)?$", re.IGNORECASE)
# What a number counts, or of which thing it is the number.
_COUNTS = re.compile(
    r"\s?(?:€|euro|eur\b|bezoek|deelnem|inwoner|bewoner|mensen|person|huishoud|woning|vierkante|m2|m²|m3|km|meter|kilo|kwh|"
    r"uur|uren|keer|maal|stuks|exemplaren|klik|weergave|stap|view|volger|bomen|ton\b|liter|procent|%)",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"(?:€|\beur|\beuro|\b(?:zaak|dossier|besluit|project|factuur|order|subsidie|beschikkings|registratie|referentie|"
    r"kvk|rsin|btw|isbn)[-\s]?(?:nummer|nr)?|\bkenmerk|kamer van koophandel)[\s:.=#]{0,3}$",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ .\-]?(\d{2})(?=[ .\-]?[A-Za-z0-9])")
_IBAN_LENGTHS = {"NL": 18, "BE": 16, "DE": 22, "FR": 27, "LU": 20, "GB": 22, "ES": 24, "PL": 28, "TR": 26, "AT": 20, "IT": 27,
                 "PT": 25, "IE": 22, "CH": 21, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "RO": 24, "BG": 22, "GR": 27, "HU": 28,
                 "CZ": 24, "SK": 24, "HR": 21, "LT": 20, "LV": 21, "EE": 20}  # fmt: skip
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_AREA = re.compile(r"\b(?:GM|WK|BU)\d{4,8}\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}|(?:19|20)\d{2}([-/.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01]))\b"
)
_NEAR = 40


def found_in(text: str) -> Found | None:
    """Find the first thing that points at a person: (what it is, in Dutch; the piece of text), or None.

    A number of nine digits (eight, when its zero was lost) that passes the eleven-test is taken for a BSN, unless the words
    beside it say that it counts something or is the number of a case.
    """
    plain, places = _plain(text)
    for what, spans in (("een e-mailadres", _emails(plain)), ("een rekeningnummer", _ibans(plain))):
        for start, end in spans:
            return what, _piece(text, places, start, end)
    # An area code, a date or a web address is no number of a person.
    for known in (_LINK, _AREA, _DATE):
        plain = known.sub(lambda match: ";" * len(match[0]), plain)
    for what, spans in (("een telefoonnummer", _phones(plain)), ("een nummer dat een BSN kan zijn", _bsns(plain))):
        for start, end in spans:
            return what, _piece(text, places, start, end)
    return None


def is_bsn(digits: str) -> bool:
    """Do the eleven-test: 9 a + 8 b + 7 c + 6 d + 5 e + 4 f + 3 g + 2 h - i is a multiple of 11 (not all zero)."""
    if len(digits) not in (8, 9) or not digits.isdecimal() or int(digits) == 0:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits.zfill(9), strict=True)) % 11 == 0


def is_iban(text: str) -> bool:
    """Check the length for the country, and that the number with its head at the end leaves 1 when divided by 97 (ISO 7064)."""
    if _IBAN_LENGTHS.get(text[:2]) != len(text) or not (text.isascii() and text.isalnum()):
        return False
    return int("".join(str(int(one, 36)) for one in text[4:] + text[:4])) % 97 == 1


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in plain characters, and the place of each in the text as it was written."""
    characters, places = [], []
    for place, one in enumerate(text):
        if one.isascii():
            plain = one
        elif one in _DASHES:
            plain = "-"
        elif unicodedata.category(one) == "Cf":  # no width: a soft hyphen, a joiner
            continue
        else:
            plain = unicodedata.normalize("NFKC", one)
            plain = plain if len(plain) == 1 else one
        characters.append(plain)
        places.append(place)
    return "".join(characters), places


def _piece(text: str, places: list[int], start: int, end: int) -> str:
    return text[places[start] : places[end - 1] + 1].strip()


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for at in _AT.finditer(text):
        begin = max(at.start() - _LOCAL, 0)
        before = _BEFORE_AT.search(text[begin : at.start()])
        after = _AFTER_AT.match(text, at.end(), at.end() + _DOMAIN)
        if before and after:
            yield begin + before.start(), after.end()


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for head in _IBAN.finditer(text):
        country = head[1].upper()
        wanted, place, letters = _IBAN_LENGTHS.get(country, 0), head.end(), country + head[2]
        while len(letters) < wanted and place < len(text):
            if text[place].isascii() and text[place].isalnum():
                letters += text[place].upper()
            elif text[place] not in " .-" or text[place - 1] in " .-":
                break
            place += 1
        if is_iban(letters) and not text[place : place + 1].isalnum():
            yield head.start(), place


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        mobile = digits.startswith(("06", "00316", "316"))
        if not _COUNTS.match(text, match.end()) and (mobile or not _is_of_a_thing(text, match.start())):
            yield match.start(), match.end()


def _bsns(text: str) -> Iterator[tuple[int, int]]:
    spans = [match.span() for match in _BSN.finditer(text)]
    spans += [match.span() for match in _PIECES.finditer(text) if _shape(match[0]) in _SHAPES]
    for start, end in sorted(spans):
        if _SAYS_BSN.search(text, max(start - _NEAR, 0), start) or (
            is_bsn(re.sub(r"\D", "", text[start:end])) and not (_COUNTS.match(text, end) or _is_of_a_thing(text, start))
        ):
            yield start, end


def _shape(number: str) -> tuple[int, ...]:
    return tuple(len(part) for part in re.findall(r"\d+", number))


def _is_of_a_thing(text: str, start: int) -> bool:
    return _NUMBER_OF.search(text, max(start - _NEAR, 0), start) is not None
