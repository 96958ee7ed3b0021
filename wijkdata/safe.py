"""Text of a file, a person or an address, for the places where text can act: Markdown and a spreadsheet.

HTML is the third: `html.escape`, where it is made.
"""

import re

_MARKS = re.compile(r"([\\`*_\[\]<>#$~:|])")
# An address turns into a link even when every character is escaped, so it is broken by a joiner that nobody sees.
_ADDRESS = re.compile(r"(?:https?|ftp)\\:|www(?=\.)|@", re.IGNORECASE)
JOINER = "\u2060"
# A spreadsheet skips what is empty before a formula, and takes the wide signs of an Asian keyboard for the same.
_FORMULA = re.compile(r"'*[\s\u200b\ufeff]*[=+\-@＝＋－＠]|'*[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def markdown(text: str) -> str:
    """Escape text for a Markdown place: nothing in it becomes markup, a picture, or a link to somewhere else."""
    return _ADDRESS.sub(lambda match: match[0] + JOINER, _MARKS.sub(r"\\\1", text))


def for_csv(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; `from_csv` gives the same text back."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_csv(text: str) -> str:
    """Take away what `for_csv` put in front."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def for_workbook(text: str) -> str:
    """Return text that a workbook can hold: a control character or half a character becomes a dot in the middle."""
    return _CONTROL.sub("·", text)
