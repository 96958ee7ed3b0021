"""The checklist of a gemeente as HTML: per pillar the files with a tick, the years that are in, and what to click."""

from html import escape

from wijkdata import dutch
from wijkdata.questions.gegevens.answer import ChecklistAnswer, ChecklistPart, HowToFetch, Ticked, ToFetch

_SAID = {Ticked.ALL: "is er", Ticked.SOME: "deels", Ticked.NONE: "nog niet"}
_MOST_NAMED = 6


def parts(answer: ChecklistAnswer) -> str:
    """Return a block per pillar: its title with how far it is, and a line per file."""
    return f'<div class="wd-checklist">{"".join(_part(part) for part in answer.parts)}</div>'


def lead(answer: ChecklistAnswer) -> str:
    """Return how far the whole list is, in a sentence."""
    files = [one for part in answer.parts for one in part.files]
    sources = {one.source for one in files}
    there = {one.source for one in files if one.ticked is not Ticked.NONE}
    if not there:
        return (
            f"Voor {answer.label} is er nog niets. Hieronder staat per pijler welk bestand wat geeft. Hebt u ze al op schijf, sleep "
            "dan de hele map met downloads in één keer naar ‘Nieuwe cijfers inlezen’."
        )
    complete = [part.title for part in answer.parts if part.complete]
    start = f"Voor {answer.label} {'is' if len(there) == 1 else 'zijn'} er {len(there)} van de {len(sources)} bronnen."
    return start + (f" Helemaal binnen: {dutch.listing(complete)}." if complete else "")


def how(one: HowToFetch) -> str:
    """Return how to get one source: what to click, where there are steps, else where it is; and its terms."""
    listed = "".join(f"<li>{escape(step)}</li>" for step in one.steps)
    clicks = f"<ol>{listed}</ol>" if listed else ""
    return f'<div class="wd-how"><b>{escape(one.title)}</b><p>{escape(one.where)}</p>{clicks}<small>{escape(one.small)}</small></div>'


def _part(part: ChecklistPart) -> str:
    done = sum(one.ticked is not Ticked.NONE for one in part.files)
    state = "alles is er" if part.complete else f"{done} van {len(part.files)}"
    rows = "".join(_row(one) for one in part.files)
    own = ""
    if part.own:
        own = f'<p class="wd-source">Alleen uit uw eigen cijfers: {escape(_named(part.own))}.</p>'
    return f"<section><h3>{escape(part.title)} <span>{state}</span></h3>{rows}{own}</section>"


def _row(one: ToFetch) -> str:
    gives = f"<br>{escape(dutch.capital(_named(one.gives)))}." if one.gives else ""
    return (
        f'<div class="wd-tofetch wd-{one.ticked}"><i></i><div><b>{escape(one.title)}</b> '
        f"<em>{_SAID[one.ticked]}</em>{gives}{_years(one)}</div></div>"
    )


def _years(one: ToFetch) -> str:
    if one.tables:
        cells = "".join(
            f'<span class="{"in" if is_in else "out"}">{year}<small>{"is er" if is_in else escape(number)}</small></span>'
            for year, number, is_in in one.tables
        )
        return f'<div class="wd-years">{cells}</div>'
    return f"<small>Binnen: {dutch.years(list(one.years))}.</small>" if one.years else ""


def _named(names: tuple[str, ...]) -> str:
    rest = len(names) - _MOST_NAMED
    return dutch.listing([*names[:_MOST_NAMED], *([f"nog {rest}"] if rest > 0 else [])])
