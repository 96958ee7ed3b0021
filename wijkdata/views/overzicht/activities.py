"""The section "Wat gebeurt er?" of Overzicht, as HTML and sentences."""

from html import escape

from wijkdata import dutch
from wijkdata.questions.overzicht.answer import Now

MOST_GAPS, MOST_SOON = 6, 5


def title(answer: Now) -> str:
    """Say what runs now, and what stops."""
    stops = sum(one.stops for one in answer.soon)
    if not answer.running:
        return "Wat gebeurt er? Er loopt nu geen activiteit"
    verb = "loopt" if answer.running == 1 else "lopen"
    text = f"Wat gebeurt er? Nu {verb} {dutch.count(answer.running, 'activiteit', 'activiteiten')}"
    return text + (f", {stops} {'stopt' if stops == 1 else 'stoppen'} binnen {answer.days} dagen" if stops else "")


def running(answer: Now) -> str:
    """Count how many run now, per pillar. An activity with more pillars counts at each of them."""
    rows = "".join(
        f'<div role="listitem"><b>{n if n else "geen"}</b> {escape(name)}</div>' for name, n in answer.per_pillar
    )
    apart = [f"{answer.wide} voor de hele gemeente" if answer.wide else ""]
    apart.append(f"{answer.no_pillar} zonder pijler" if answer.no_pillar else "")
    small = "; ".join(part for part in apart if part)
    more = f"Waarvan {small}. " if small else ""
    return (
        f'<div class="wd-list" role="list">{rows}</div>'
        f'<p class="wd-source">{escape(more)}Een activiteit met meer pijlers telt bij elke pijler.</p>'
    )


def soon(answer: Now) -> list[tuple[str, str, str]]:
    """List what starts or stops within the days, nearest first."""
    rows = [
        (one.title, f"{'stopt' if one.stops else 'start'} {one.when}.", one.where) for one in answer.soon[:MOST_SOON]
    ]
    if len(answer.soon) > MOST_SOON:
        rows.append((f"En nog {len(answer.soon) - MOST_SOON};", "zie Activiteiten.", ""))
    return rows or [("Niets:", f"binnen {answer.days} dagen start of stopt er niets.", "")]


def gaps(answer: Now) -> tuple[str, str, str]:
    """Say where a pillar is weak or falling and nothing runs for it: the lowest score first."""
    level, n = answer.level, len(answer.gaps)
    if not answer.problems:
        return "Geen enkele", f"{level.value} heeft een zwakke of dalende pijler.", ""
    if not n:
        return "Geen:", "bij elke zwakke of dalende pijler loopt een activiteit.", ""
    names = list(answer.gaps[:MOST_GAPS])
    more = f" en {n - len(names)} andere" if n > len(names) else ""
    listed = dutch.listing(names) if not more else ", ".join(names) + more
    verb = "heeft" if answer.problems == 1 else "hebben"
    small = (
        f"{answer.problems} {level.value if answer.problems == 1 else level.plural} {verb} een zwakke (onder "
        f"{dutch.number(answer.limit)}) of dalende pijler; zie Dekking."
    )
    return f"{n}:", f"{listed}.", small
