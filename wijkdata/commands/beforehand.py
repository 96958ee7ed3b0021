"""`impact --beforehand`: which difference will be seen of an activity that has not begun."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.commands.base import print_json

if TYPE_CHECKING:
    from wijkdata.questions.voor_en_na.answer import Plan


def show(directory: Path, activity: str, indicator: str, as_json: bool) -> None:
    """Print the plan of an activity on an indicator. Raises NotFoundError."""
    from wijkdata import catalogue
    from wijkdata.questions.shared.links import places_of
    from wijkdata.questions.voor_en_na import planning
    from wijkdata.questions.voor_en_na.answer import ACTIVITY, Wanted
    from wijkdata.store.monitor import versions
    from wijkdata.store.participation import registers

    newest, today = versions.require(directory), date.today()
    register = registers.current(directory, places_of(newest))
    plan = planning.plan(register, newest, catalogue.of(directory), Wanted(ACTIVITY, activity), indicator, today)
    if as_json:
        print_json(_json(plan))
        return
    for line in _text(plan):
        click.echo(line)


def _json(plan: "Plan") -> dict[str, Any]:
    """The plan in fields; a size is null where it cannot be said."""
    refusal = plan.refusal
    return {
        "sentence": plan.title if refusal is None else refusal.reason,
        "refused": None if refusal is None else {"reason": refusal.reason, "remedy": refusal.remedy},
        "areas": len(plan.intervention.used),
        "measured": list(plan.measured),
        "compared": len(plan.compared),
        "aim": None if plan.aim is None else plan.aim.size,
        "smallest_detectable": [
            {"areas": one.areas, "measurements": one.measurements, "year": one.year, "size": one.size}
            for one in plan.visible
        ],
    }


def _text(plan: "Plan") -> list[str]:
    from wijkdata.questions.voor_en_na.words import scale_of

    if plan.refusal is not None:
        return [plan.refusal.reason, plan.refusal.remedy]
    numbers = sorted({one.measurements for one in plan.visible})
    lines = [f"{plan.title}.", plan.text, "gebieden" + "".join(f"{f'na {n}':>10}" for n in numbers)]
    rows: dict[int, list[str]] = {}
    for one in plan.visible:
        size = dutch.NO_DATA if one.size is None else scale_of(plan.topic).number(one.size)
        rows.setdefault(one.areas, []).append(size)
    return lines + [f"{areas:<8}" + "".join(f"{size:>10}" for size in sizes) for areas, sizes in rows.items()]
