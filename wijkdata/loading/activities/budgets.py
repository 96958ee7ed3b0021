"""A participatory budget as proposed activities: what was asked, and the votes as contributions. No voter is stored."""

from collections.abc import Sequence
from pathlib import Path

from wijkdata import dutch
from wijkdata.errors import InputError, Problem
from wijkdata.loading.activities import sheets as activities_sheets
from wijkdata.loading.activities.sheets import Sheet, TypedRow
from wijkdata.record.fields import ACTIVITY, tables
from wijkdata.sources.publishers import participatory_budget
from wijkdata.sources.publishers.participatory_budget import Budget, Project


def read(paths: Sequence[Path]) -> tuple[list[Sheet], list[Problem]]:
    """Read workbooks and CSV files as `sheets.read` does, and participatory budgets beside them."""
    budgets = [path for path in paths if _is_budget(path)]
    sheets, problems = activities_sheets.read([path for path in paths if path not in budgets])
    for path in budgets:
        try:
            sheets += _sheets(path, path.name)
        except InputError as error:
            problems += error.problems
    return sheets, problems


def _is_budget(path: Path) -> bool:
    try:
        return participatory_budget.recognises(path)
    except InputError:
        return False  # its own reading says what is wrong


def _sheets(path: Path, name: str) -> list[Sheet]:
    """Read a budget as the sheets of activities, their area and their count; `name` is what problems call it.

    Raises InputError as the reader does.
    """
    budget = participatory_budget.read(path)
    day = f"{budget.day:%d-%m-%Y}"
    rows: dict[str, list[TypedRow]] = {ACTIVITY: [], "area": [], "count": []}
    for project in budget.projects:
        number = f"PB-{budget.gemeente[2:]}-{budget.instance}-{project.id}"
        under = {"activity_id": number}
        rows[ACTIVITY].append(TypedRow(name, project.row, {"id": number, **_activity(budget, project, day)}))
        rows["area"].append(
            TypedRow(name, project.row, {**under, "area": budget.gemeente, "division": budget.day.year})
        )
        if project.votes is not None:
            count = {"date": day, "method": "geteld", "contributions": project.votes}
            rows["count"].append(TypedRow(name, project.row, {**under, **count}))
    return [
        Sheet(table, name, str(path), frozenset(typed[0].cells), tuple(typed)) for table, typed in rows.items() if typed
    ]


def _activity(budget: Budget, project: Project, day: str) -> dict[str, object]:
    most = tables()[ACTIVITY].field("title").most or len(project.name)
    short = project.name if len(project.name) <= most else project.name[: most - 1].rstrip() + "…"
    return {
        "title": short,
        "description": _description(budget, project),
        "kind": "bewonersbudget",
        "initiator": "bewoners",
        "step": "5",
        "start_planned": day,
        "status": "idee",
        "source": "registratie",
        "precision": "jaar" if budget.whole_year else "dag",
        "cost_asked": project.cost,
        "price_year": budget.day.year,
    }


def _description(budget: Budget, project: Project) -> str:
    parts = [project.description or project.name]
    votes = "" if project.votes is None else dutch.count(project.votes, "stem", "stemmen")
    voters = "" if budget.voters is None or not votes else f" van {dutch.count(budget.voters, 'stemmer', 'stemmers')}"
    vote = f": {votes}{voters}" if votes else ""
    parts.append(f"Voorstel in de burgerbegroting ‘{budget.title}’ ({budget.day.year}){vote}")
    if budget.budget is not None:
        parts.append(f"Te verdelen: {dutch.number(budget.budget)} euro")
    parts += [f"Thema: {project.category}"] if project.category else []
    parts += [f"Plek: {project.neighbourhood}"] if project.neighbourhood else []
    parts.append("De geplande start is het einde van de stemming")
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
