"""A werkbank: views that somebody collected, each with its address, its title as it was and a note, as one small file.

The file may come from anyone: every field is checked, nothing in it is executed, one sentence says what is wrong. Its text stays
text; an address in it can only be that of a page of wijkdata with its choices.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, urlencode

from wijkdata import dutch, limits
from wijkdata.errors import InputError, Problem
from wijkdata.record import privacy

KIND, VERSION = "wijkdata-werkbank", 1
# Of the fields of a view, the rest of what a file may hold: a title on screen is two lines, the name of a place one.
_MOST = {"link": 2_000, "title": 300, "where": 200, "stand": 40}
_PAGE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_CHOICE = re.compile(r"[a-z_]{1,40}")
_STAND = re.compile(r"\d{8}-\d{6}-\d{6}|")
# A line may end in a text; every other control character, and half a character, is no text.
_NO_TEXT = {"Cc", "Cs", "Cn"}
_TOP = ("soort", "versie", "beelden")


@dataclass(frozen=True)
class View:
    """What was on screen. link: the page and its choices (`kloof?gemeente=GM0193`). title: as it was. where: the area, in words.

    stand: the snapshot of the figures it was made on; "" when there was none.
    """

    link: str
    title: str
    where: str = ""
    note: str = ""
    stand: str = ""

    @property
    def page(self) -> str:
        """The place of the page in the address."""
        return self.link.partition("?")[0]

    @property
    def choices(self) -> dict[str, str]:
        """The choices in the address."""
        return dict(parse_qsl(self.link.partition("?")[2]))


# The names of these fields in a file, which people may read.
_IN_FILE = {"link": "adres", "title": "titel", "where": "gebied", "note": "notitie", "stand": "stand"}


def address(page: str, choices: Mapping[str, str]) -> str:
    """Write the address of a view."""
    return f"{page}?{urlencode(choices)}" if choices else page


def is_address(link: str) -> bool:
    """Tell whether this is the address of a page of wijkdata with choices, and of nothing else."""
    page, _, query = link.partition("?")
    if not _PAGE.fullmatch(page):
        return False
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), max_num_fields=60)
    except ValueError:
        return False
    names = [name for name, _ in pairs]
    return (
        len(set(names)) == len(names) and all(map(_CHOICE.fullmatch, names)) and all(_is_text(one) for _, one in pairs)
    )


def written(views: tuple[View, ...]) -> bytes:
    """Write a werkbank as a file."""
    listed = [{_IN_FILE[name]: text for name, text in asdict(one).items()} for one in views]
    body = {"soort": KIND, "versie": VERSION, "beelden": listed}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def read(data: bytes, file: str) -> tuple[View, ...]:
    """Read a werkbank. Raises InputError with the first thing that is wrong."""
    if len(data) > limits.WORKBENCH:
        raise _wrong(
            file,
            f"dit bestand is groter dan {dutch.size(limits.WORKBENCH)}, te groot voor een werkbank",
            "kies een ander",
        )
    try:
        body = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no JSON, other letters, or nested too deeply
        raise _wrong(
            file, "dit is geen bestand van een werkbank", "kies een bestand dat met ‘Haal werkbank op’ is gemaakt"
        ) from error
    return _views(body, file)


def check(view: View, file: str = "Werkbank") -> View:
    """Return the view when every field of it is what it must be. Raises InputError."""
    return _view({_IN_FILE[name]: text for name, text in asdict(view).items()}, file, None)


def _views(body: Any, file: str) -> tuple[View, ...]:  # noqa: ANN401 - JSON is any shape
    if not isinstance(body, dict) or body.get("soort") != KIND:
        raise _wrong(
            file, "dit is geen werkbank van wijkdata", "kies een bestand dat met ‘Haal werkbank op’ is gemaakt"
        )
    if body.get("versie") != VERSION or isinstance(body.get("versie"), bool):
        raise _wrong(
            file,
            f"wijkdata leest versie {VERSION} van een werkbank",
            "gebruik een nieuwere wijkdata",
            str(body.get("versie")),
        )
    _only(body, _TOP, file, None)
    listed = body.get("beelden")
    if not isinstance(listed, list):
        raise _wrong(file, "‘beelden’ is geen lijst", "haal de werkbank opnieuw op")
    if len(listed) > limits.WORKBENCH_VIEWS:
        most = f"{dutch.number(len(listed))} beelden; op een werkbank liggen er hoogstens {limits.WORKBENCH_VIEWS}"
        raise _wrong(file, most, "verdeel ze over meer bestanden")
    views = [_view(one, file, number) for number, one in enumerate(listed, 1)]
    if len({one.link for one in views}) < len(views):
        raise _wrong(file, "twee beelden hebben hetzelfde adres", "haal er een weg")
    return tuple(views)


def _view(given: Any, file: str, number: int | None) -> View:  # noqa: ANN401 - JSON is any shape
    if not isinstance(given, dict):
        raise _wrong(file, "dit is geen beeld", "haal de werkbank opnieuw op", row=number)
    _only(given, tuple(_IN_FILE.values()), file, number)
    view = View(**{one.name: _text(given, one.name, file, number) for one in fields(View)})
    if not is_address(view.link):
        raise _wrong(
            file,
            "dit is geen adres van een pagina van wijkdata",
            "haal dit beeld weg",
            view.link,
            number,
            _IN_FILE["link"],
        )
    if not view.title.strip():
        raise _wrong(file, "een beeld heeft een titel", "vul haar in", row=number, name=_IN_FILE["title"])
    if not _STAND.fullmatch(view.stand):
        raise _wrong(file, "dit is geen stand van de cijfers", "laat haar leeg", view.stand, number, _IN_FILE["stand"])
    private = privacy.found_in(view.note)
    if private is not None:
        raise _wrong(
            file,
            f"in een notitie staat geen persoon, en dit is {private[0]}",
            "haal het weg",
            private[1],
            number,
            "notitie",
        )
    return view


def _text(given: dict[str, Any], name: str, file: str, number: int | None) -> str:
    """The text of a field; a field that is left out is empty."""
    label = _IN_FILE[name]
    value = given.get(label, "")
    most = limits.WORKBENCH_NOTE if name == "note" else _MOST[name]
    if not isinstance(value, str) or not _is_text(value.replace("\n", " ") if name == "note" else value):
        raise _wrong(file, "hier hoort tekst", "haal weg wat er staat", row=number, name=label)
    if len(value) > most:
        raise _wrong(file, f"hier passen {dutch.number(most)} tekens, en dit zijn er {dutch.number(len(value))}",
                     "maak de tekst korter", row=number, name=label)  # fmt: skip
    return value


def _is_text(value: str) -> bool:
    return not any(unicodedata.category(one) in _NO_TEXT for one in value)


def _only(given: dict[str, Any], known: tuple[str, ...], file: str, number: int | None) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise _wrong(
            file, "dit veld kent een werkbank niet", f"wat kan is {dutch.listing([*known])}", unknown[0], number
        )


def _wrong(
    file: str, problem: str, remedy: str, value: str | None = None, row: int | None = None, name: str | None = None
) -> InputError:
    """row: the number of the view."""
    where = file if row is None else f"{file}, beeld {row}"
    where += "" if name is None else f", {name}"
    return InputError([Problem(where, problem, remedy, value=value)])
