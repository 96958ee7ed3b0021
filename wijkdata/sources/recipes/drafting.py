"""A proposal written as a recipe with comments, for who edits it in a text editor."""

from pathlib import Path
from typing import Any

from wijkdata import toml_text
from wijkdata.catalogue import OWN, Catalogue
from wijkdata.sources.recipes import making
from wijkdata.sources.recipes.guess import Guess
from wijkdata.sources.recipes.making import NewIndicator, NewSource
from wijkdata.sources.recipes.recipe import LEAVE_OUT, VERSION, slug

_HEAD = "Een voorstel. Vul in wat leeg is, kijk de rest na, en lees in met: python -m wijkdata import BESTAND --recipe DIT_BESTAND"


def draft(guess: Guess, path: Path, catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    """Write the proposal, and list what must still be decided."""
    name = path.stem[:60]
    source = f"{OWN}{slug(name)}"
    columns, indicators = _columns(guess, source, catalogue)
    still_open = [*guess.open, "wie de tabel maakte (sources, publisher)"]
    if indicators:
        still_open.append("van elk nieuw cijfer of hoger beter is (higher_is: better, worse of neutral)")
    if any(not table["unit"] for table in indicators.values()):
        still_open.append("van elk nieuw cijfer zonder eenheid wat de eenheid is (unit)")
    area = _plain(guess.area) or {"column": "", "by": "name", "level": "buurt", "gemeente": ""}
    # Empty is refused until a person fills it in: what is only alike is never taken without one.
    if names := {name: "" if like else LEAVE_OUT for name, like in guess.suggestions.items()}:
        area["names"] = names
    tables: dict[str, Any] = {
        "version": VERSION,
        "name": name,
        "source": source,
        "shape": _plain(guess.shape),
        "area": area,
        "period": _plain(guess.period) or {"where": "year", "year": 0},
        **({"long": _plain(guess.long)} if guess.long else {}),
        "columns": columns,
        **({"missing": guess.missing} if guess.missing else {}),
        "sources": {source: {**making.source_table(NewSource("", name)), "publisher": ""}},
        "indicators": indicators,
    }
    return toml_text.write(tables, _notes(guess, names)), tuple(still_open)


def _columns(guess: Guess, source: str, catalogue: Catalogue) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    taken, columns, indicators = set(catalogue.indicators), list[dict[str, Any]](), dict[str, dict[str, Any]]()
    for one, chosen in zip(guess.figures, making.proposed_columns(guess.figures).values(), strict=True):
        if isinstance(chosen, NewIndicator):
            name = making.own_id(chosen.title, source, taken, catalogue)
            taken.add(name)
            indicators[name] = making.indicator_table(chosen, source, NewSource("", ""))
        else:
            name = chosen
        row: dict[str, Any] = {"header": one.header, "indicator": name}
        columns.append(row | ({"factor": one.factor} if one.factor != 1.0 and name == one.indicator else {}))
    return columns, indicators


def _notes(guess: Guess, names: dict[str, str]) -> dict[str, str]:
    """The comment above each part: why it was chosen."""
    notes = {"version": _HEAD, "period": guess.reasons.get("period", ""), "area": guess.reasons.get("area", "")}
    if names:
        notes["area"] += (
            "\nElke naam hieronder hoort bij een gebiedscode, of bij ‘-’ (overslaan). Kijk ze één voor één na."
        )
    for name, like in guess.suggestions.items():
        if like:
            notes["area"] += f"\n{name}: misschien {' of '.join(f'{code} ({area_name})' for code, area_name in like)}"
    if guess.translated:
        notes["area"] += "\nDeze namen lijken vertaald door een browser: haal de tabel liever opnieuw op."
    why = [f"{one.label}: {one.why}." for one in guess.figures if one.why]
    alike = [f"{one.label}: lijkt op {', '.join(one.suggestions)}." for one in guess.figures if one.suggestions]
    notes["columns"] = "\n".join([guess.reasons.get("long", ""), *why, *alike]).strip()
    notes["indicators"] = "Nieuwe cijfers. higher_is: better, worse of neutral."
    return {key: note for key, note in notes.items() if note}


def _plain(part: Any) -> dict[str, Any]:  # noqa: ANN401 (a part of a recipe, or None)
    return {} if part is None else part.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
