"""A profile for the command line: as Dutch text, and as plain values for JSON (a missing value is null)."""

import math
from typing import Any

from wijkdata import dutch
from wijkdata.questions.wijkprofiel.answer import PillarLine, PillarLines, Spine, SpineRow
from wijkdata.views.wijkprofiel import tables, words


def text(spine: Spine, pillars: PillarLines) -> list[str]:
    """Return the lines: who, the answer, and per pillar its score, what it rests on, and every indicator."""
    who = spine.subject
    mark = " (fictief)" if who.fictional else ""
    people = "" if math.isnan(who.population) else f", {dutch.number(who.population)} inwoners"
    lines = [f"{who.name}, {who.municipality_name}{mark} ({who.code}{people})", words.title(spine)]
    for line in pillars.lines:
        score = "geen score" if math.isnan(line.score) else f"score {dutch.number(line.score)} in {line.period}"
        lines += ["", f"{line.title}: {score}"]
        lines += [f"  {sentence}" for sentence in words.pillar_sentences(line)]
        lines += [_row(row, spine) for row in spine.rows if row.pillar == line.pillar]
    return [*lines, "", words.spine_source(spine).text]


def _row(row: SpineRow, spine: Spine) -> str:
    if row.missing:
        return f"  {row.starred_label:44} {dutch.NO_DATA}: {row.why_missing}"
    value = dutch.number(row.value, row.decimals, row.signed)
    middle = "" if math.isnan(row.middle) else dutch.number(row.middle, row.decimals, row.signed)
    comparison = f"{spine.group_short} {middle}" if middle else row.alone
    return (
        f"  {row.starred_label:44} {value:>9}  {row.period}  {comparison:14} {tables.verdict(row, spine.subject.few)}"
    )


def values(spine: Spine, pillars: PillarLines) -> dict[str, Any]:
    """Return the profile as plain values for JSON."""
    who = spine.subject
    return {
        "area": {
            "code": who.code,
            "name": who.name,
            "level": str(who.level),
            "municipality": who.municipality,
            "municipality_name": who.municipality_name,
            "population": _known(who.population),
            "fictional": who.fictional,
        },
        "title": words.title(spine),
        "compared_with": spine.group,
        "pillars": [_pillar(line, spine) for line in pillars.lines],
        "source": spine.source,
    }


def _pillar(line: PillarLine, spine: Spine) -> dict[str, Any]:
    return {
        "id": line.pillar,
        "title": line.title,
        "score": _known(line.score),
        "year": line.period or None,
        "reason": line.reason or None,
        "counted": line.n_indicators,
        "expected": line.n_expected,
        "modelled_only": line.modelled_only,
        "indicators": [_indicator(row, spine) for row in spine.rows if row.pillar == line.pillar],
    }


def _indicator(row: SpineRow, spine: Spine) -> dict[str, Any]:
    return {
        "id": row.indicator,
        "title": row.title,
        "unit": row.unit,
        "value": _known(row.value),
        "year": row.period or None,
        "middle": _known(row.middle),
        "n": row.n or None,
        "verdict": tables.verdict(row, spine.subject.few),
        "place": row.sentence or None,
        "estimate": row.estimate,
        "reason": row.why_missing or row.alone or None,
        "source": row.source or None,
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
