"""The tables under the figures of a profile: what the chart shows, to the last digit, with Dutch headings."""

import math

import pandas as pd

from wijkdata import dutch
from wijkdata.questions.shared.answer import VERDICTS, Against
from wijkdata.questions.wijkprofiel.answer import Alikes, IndicatorLine, PillarLine, PillarLines, Spine, SpineRow
from wijkdata.reference.timeline import Held

_SHRUNK = "Gekrompen naar de groep"
_HELD = {Held.YES: "ja", Held.PART: "in een deel", Held.NO: "nee", Held.UNKNOWN: "niet bekend"}


def spine(answer: Spine) -> pd.DataFrame:
    """Return a row per indicator, those without a figure too; with the shrunk rate where n is small."""
    who = answer.subject
    inside = f"Middelste ({who.municipality_label})"
    frame = pd.DataFrame(
        [
            {
                "Pijler": answer.pillars[row.pillar],
                "Cijfer": row.title,
                "Eenheid": row.unit,
                "Soort": "schatting" if row.estimate else "ervaren" if row.perceived else "gemeten",
                who.name: row.value,
                "Jaar": str(row.period) if row.period else "",
                # Compared with the own gemeente, the group is the gemeente: one column is enough.
                **({} if answer.against is Against.MUNICIPALITY else {inside: row.municipality}),
                f"Middelste ({answer.group})": row.middle,
                "Oordeel": verdict(row, who.few),
                "Plaats": row.sentence,
                "n": row.n or None,
                _SHRUNK: row.shrunk,
                "Opmerking": _remark(row),
            }
            for row in answer.rows
        ]
    ).astype({"n": "Int64"})
    return frame.drop(columns=_SHRUNK) if frame[_SHRUNK].isna().all() else frame


def verdict(row: SpineRow, few: bool) -> str:
    """Return what colour says, in words."""
    if row.missing:
        return dutch.NO_DATA
    if few:
        return "geen oordeel: te weinig inwoners"
    if row.neutral:
        return "geen goed of slecht"
    if not row.compared:
        return "niet te vergelijken"
    return {1: "gunstiger", -1: "ongunstiger", 0: "in de middelste helft"}[row.side]


def _remark(row: SpineRow) -> str:
    """Why there is no figure or no comparison, or what the shrunk rate is."""
    if row.reason or row.alone:
        return row.why_missing or row.alone
    return f"klein gebied: gekrompen naar {row.shrunk_group}" if not math.isnan(row.shrunk) else ""


def pillars(answer: PillarLines) -> pd.DataFrame:
    """Return a row per pillar and year: area, gemeente and whole."""
    who = answer.subject
    names = {
        "own": who.name,
        "municipality": f"{who.municipality_label} (gemiddeld)",
        "everybody": f"{who.everybody} (gemiddeld)",
    }
    frames = []
    for line in answer.lines:
        if line.points.empty:
            frames.append(
                pd.DataFrame({"Pijler": [line.title], "Opmerking": [line.detail or dutch.reason_text(line.reason)]})
            )
            continue
        wide = line.points.pivot(index="period", columns="who", values="score").reindex(columns=list(names))
        wide = wide.rename(columns=names).reset_index().rename(columns={"period": "Jaar"})
        wide["Jaar"] = wide["Jaar"].astype(str)
        wide.insert(0, "Pijler", line.title)
        wide["Oordeel"] = [_verdict(line) if int(year) == line.period else "" for year in wide["Jaar"]]
        wide["Opmerking"] = [
            f"telde mee: {', '.join(line.indicators)}" if int(year) == line.period else "" for year in wide["Jaar"]
        ]
        frames.append(wide)
    return pd.concat(frames, ignore_index=True).reindex(
        columns=["Pijler", "Jaar", *names.values(), "Oordeel", "Opmerking"]
    )


def _verdict(line: PillarLine) -> str:
    """What may be said of the change up to the last year."""
    return f"{VERDICTS[line.verdict]} sinds {line.since}" if line.verdict in VERDICTS else ""


def line(answer: IndicatorLine) -> pd.DataFrame:
    """Return a row per year."""
    who = answer.subject
    return pd.DataFrame(
        {
            "Jaar": answer.points["period"].astype(str),
            who.name: answer.points["own"],
            "Reden als het ontbreekt": answer.points["reason"],
            f"{who.municipality_label} (middelste)": answer.points["municipality"],
            f"n {who.municipality_label}": answer.points["n_municipality"],
            f"{who.everybody} (middelste)": answer.points["everybody"],
            f"n {who.everybody}": answer.points["n_everybody"],
        }
    )


def policy(answer: IndicatorLine) -> pd.DataFrame:
    """Return the lanes: what ran when, how sure that is, and who says so."""
    return pd.DataFrame(
        {
            "Van": [str(lane.start) for lane in answer.lanes],
            "Tot en met": [str(lane.end) for lane in answer.lanes],
            "Beleid": [lane.name for lane in answer.lanes],
            "Waar": [lane.reach for lane in answer.lanes],
            f"Gold in {answer.subject.name}": [_HELD[lane.held] for lane in answer.lanes],
            "Toelichting": [lane.note for lane in answer.lanes],
            "Zekerheid": [lane.certainty for lane in answer.lanes],
            "Bron": [lane.source for lane in answer.lanes],
        }
    )


def alikes(answer: Alikes) -> pd.DataFrame:
    """Return a row for the own area, then one per look-alike."""
    who = answer.subject
    rows = [(who.code, who.name, who.municipality_name, "dit gebied", who.population, math.nan, answer.own)]
    rows += [(a.code, a.name, a.municipality_name, a.why, a.population, a.distance, a.scores) for a in answer.areas]
    return pd.DataFrame(
        [
            {
                "Code": code,
                "Naam": name,
                "Gemeente": municipality,
                "Waarom": why,
                "Inwoners": population,
                "Afstand (standaardafwijkingen)": distance,
                **{title: scores.get(pillar, math.nan) for pillar, title in answer.pillars.items()},
            }
            for code, name, municipality, why, population, distance, scores in rows
        ]
    )
