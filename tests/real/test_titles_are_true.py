"""Every title of Overzicht, Kaart, Wijkprofiel, Kloof and Dekking against the table it stands above, in the real gemeenten.

Every fourth gemeente and the ten with most wijken; every one with WIJKDATA_EVERY=1, which takes some five minutes more.

A title is read as somebody reads it who knows no rule behind it: its numbers and its border are taken from its own words, and
what they speak of is counted in the table that the page offers under the figure.
"""

import os
import re
from collections import Counter
from datetime import date

import pandas as pd
import pytest

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level
from wijkdata.questions.activiteiten.answer import Scope
from wijkdata.questions.activiteiten.coverage import coverage
from wijkdata.questions.kaart import question as kaart
from wijkdata.questions.kaart.answer import MapChoice
from wijkdata.questions.kloof import question as kloof
from wijkdata.questions.overzicht.answer import VULNERABILITY
from wijkdata.questions.overzicht.question import overview
from wijkdata.questions.shared import places, topics
from wijkdata.questions.shared.answer import VERDICTS, Against
from wijkdata.questions.wijkprofiel import lines, spine
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers
from wijkdata.views.activiteiten import words as dekking_words
from wijkdata.views.kaart import deck
from wijkdata.views.kloof import drawing as kloof_drawing
from wijkdata.views.overzicht import attention
from wijkdata.views.wijkprofiel import tables
from wijkdata.views.wijkprofiel import words as profile_words

EVERY = int(os.environ.get("WIJKDATA_EVERY", "4"))
MAPPED = ("pijler:weerbaarheid", "pijler:sociaal_economisch", "lbm3_afw", "bijstand_1000")
UP, DOWN = VERDICTS[Verdict.UP], VERDICTS[Verdict.DOWN]


@pytest.fixture(scope="module")
def monitor(real_data):
    return versions.require(real_data)


@pytest.fixture(scope="module")
def gemeenten(monitor):
    every = [place.code for place in places.municipalities(monitor) if not place.fictional]
    sizes = places.all_areas(monitor, Level.WIJK)["municipality"].value_counts()
    return sorted({*every[::EVERY], *sizes.index[sizes.index.isin(every)][:10]})


def number(text: str) -> int:
    """A count as a title writes it."""
    words = {"geen": 0, "één": 1, "eén": 1, "geen enkele": 0}
    return words[text.lower()] if text.lower() in words else int(text.replace(".", ""))


def counted(title: str, pattern: str, n: int) -> int:
    """The count in a title, where "alle 12" and "de enige" are all of them; the total must be that of the table."""
    found = re.search(pattern, title)
    assert found, f"no count in: {title}"
    part, total = found["part"], found["total"]
    if part.startswith("de enige"):
        assert n == 1, title
        return n
    assert number(total) == n, f"{title}: the table has {n}"
    return n if part.lower() == "alle" else number(part)


def wrong(said: dict[str, object], true: dict[str, object], title: str) -> list[str]:
    return [f"{title}: says {key} {said[key]}, the table {true[key]}" for key in said if said[key] != true[key]]


# --- Overzicht ---

_COURSE = re.compile(
    r"^(?P<part>Alle|Eén|Geen|\d+)(?: van de)? (?P<total>\d+) \S+ werd(?:en)? duidelijk "
    r"(?:(?P<less>minder kwetsbaar(?:; (?P<too>.*)|, (?P<others>één|\d+) kwetsbaarder))|kwetsbaarder(?:, (?P<fewer>geen enkele|één|\d+) minder.*| of minder kwetsbaar))$"
)


def course_errors(title: str, table: pd.DataFrame, y_name: str) -> list[str]:
    rows = table.dropna(subset=["Oordeel kwetsbaarheid"])
    x, y, n = rows["Oordeel kwetsbaarheid"], rows[f"Oordeel {y_name}"], len(rows)
    less, more = (x == VULNERABILITY[Verdict.UP]).sum(), (x == VULNERABILITY[Verdict.DOWN]).sum()
    both = ((x == VULNERABILITY[Verdict.UP]) & (y == UP)).sum()
    if not n:
        return [] if "te weinig bekend" in title or "scoort" in title else [f"not read: {title}"]
    if n == 1:
        end = f": {x.iloc[0]}, {y_name} {y.iloc[0]}"
        return [] if title.endswith(end) else [f"{title}: the table has {end}"]
    found = _COURSE.match(title)
    if not found:
        return [f"not read: {title}"]
    part = n if found["part"] == "Alle" else number(found["part"])
    if found["part"] == "Geen":
        return wrong({"less": 0, "more": 0, "n": number(found["total"])}, {"less": less, "more": more, "n": n}, title)
    if found["less"] is None:
        said = {"more": part, "less": number(found["fewer"]), "n": number(found["total"])}
        return wrong(said, {"less": less, "more": more, "n": n}, title)
    if found["others"]:
        said = {"less": part, "more": number(found["others"]), "n": number(found["total"])}
        return wrong(said, {"less": less, "more": more, "n": n}, title)
    too = found["too"]
    together = (
        part
        if too.startswith("overal") or too.endswith(" ook")
        else 0
        if "niet mee" in too
        else number(re.match(r"bij (geen|\d+)", too)[1])
    )
    said = {"less": part, "more": 0, "both": together, "n": number(found["total"])}
    return wrong(said, {"less": less, "more": more, "both": both, "n": n}, title)


def distance_errors(title: str, table: pd.DataFrame) -> list[str]:
    sides = Counter(side for side in table["Ten opzichte van wat past"] if side)
    n = sum(sides.values())
    if n < 2:
        return []
    if "ongeveer de" in title:
        return wrong({"more": 0, "less": 0}, {"more": sides["meer"], "less": sides["minder"]}, title)
    part = counted(title, r"^(?P<part>Alle|\d+)(?: van de)? (?P<total>\d+) ", n)
    first = "minder" if re.search(r"(heeft|hebben) minder", title) else "meer"
    after = re.search(r", (\d+) minder$", title)
    said = {first: part} | ({"minder": int(after[1])} if after else {})
    other = {"meer": "minder", "minder": "meer"}[first]
    return wrong({other: 0, **said}, {"meer": sides["meer"], "minder": sides["minder"]}, title)


def pillar_errors(title: str, answer) -> list[str]:
    """Without paths: the pillars, by the numbers of the tiles."""
    scores = [float(dutch.number(tile.number).replace(".", "")) for tile in answer.tiles if tile.number is not None]
    found = re.search(r"op (\d+) van de (\d+) pijlers (lager dan 85|115 of hoger)(?: en op (\d+) 115 of hoger)?", title)
    if not found:
        return []
    low, high = sum(score < 85 for score in scores), sum(score >= 115 for score in scores)
    first = "low" if found[3].startswith("lager") else "high"
    said = {first: int(found[1]), "n": int(found[2])} | ({"high": int(found[4])} if found[4] else {})
    return wrong(said, {"low": low, "high": high, "n": len(scores)}, title)


def test_overzicht(monitor, gemeenten):
    errors, read = [], 0
    for code in gemeenten:
        answer = overview(monitor, monitor.catalogue, code, "wijk", None)
        if answer.figure is not None and "Oordeel kwetsbaarheid" in answer.figure_table:
            errors += course_errors(answer.title, answer.figure_table, answer.figure.y_name)
            errors += distance_errors(answer.figure_text.title, answer.figure_table)
            read += 1
        else:
            errors += pillar_errors(answer.title, answer)
        for tile in answer.tiles:
            errors += tile_errors(tile, answer.tile_table)
        errors += attention_errors(answer)
    assert read > 300 / EVERY
    assert errors == []


def tile_errors(tile, table: pd.DataFrame) -> list[str]:
    """The lowest area by the column of the table, and a direction that goes with its number."""
    lowest = re.search(r"Laagste wijk: (.+) \((\d+)\)", tile.in_full)
    errors = []
    if lowest:
        column = table[f"{tile.title} ({tile.year})"].iloc[1:]
        if column.min() < float(column[table["Wijk"] == lowest[1]].min()):
            errors.append(f"{tile.in_full}: the table has {column.min()}")
    moved = re.search(r"(Gestegen|Gedaald|Vrijwel gelijk|Niet duidelijk).*? \(([+−]?\d+)", tile.sentence)
    if moved:
        change = int(moved[2].replace("−", "-"))
        true = {"Gestegen": change >= 2, "Gedaald": change <= -2, "Vrijwel gelijk": abs(change) < 2}
        errors += [] if true.get(moved[1], abs(change) >= 2) else [tile.sentence]
    return errors


def attention_errors(answer) -> list[str]:
    """The count is that of the list, which names every area that the table of the tiles shows under the limit."""
    title, names = attention.title(answer), {area.name for area in answer.attention}
    found = re.search(r": (\d+|geen enkele) ", title)
    errors = wrong({"areas": number(found[1])}, {"areas": len(answer.attention)}, title) if found else []
    table = answer.tile_table.iloc[1:]
    for tile in answer.tiles:
        if tile.number is not None:
            column = table[f"{tile.title} ({tile.year})"]
            forgotten = set(table.loc[column < answer.limit - 0.6, "Wijk"]) - names
            errors += [f"{title}: {forgotten} is under {answer.limit} in the table"] if forgotten else []
    return errors


# --- Kaart ---


def state_errors(answer) -> list[str]:
    title, table = answer.text.title, deck.table(answer)
    heading = answer.text.columns[0][0]
    rows = table[table["Klasse"] != ""]
    written = rows[heading].map(lambda value: dutch.as_written(value, answer.topic.decimals))
    border = re.search(r"(lager dan|hoger dan|gelijk aan)? ?([+−]?[\d.,]+)(%?)(?: (of hoger|tot (\d+)))? \(", title)
    if border is None:
        return (
            [] if re.search(r"hoogst in|van .* tot|geen cijfers|lager dan|hoger dan|of hoger|tot", title) else [title]
        )
    limit = float(border[2].replace(".", "").replace(",", ".").replace("−", "-"))
    inside = {
        "lager dan": written < limit,
        "hoger dan": written > limit,
        "gelijk aan": written == limit,
    }.get(border[1] or "", written >= limit)
    if border[5]:
        inside = (written >= limit) & (written < float(border[5]))
    pattern = r"(?P<part>alle|de enige|[\d.]+)(?: van de)?(?: (?P<total>[\d.]+))? (?:wijk|wijken)\b"
    said = counted(title, pattern, len(rows))
    return wrong({"areas": said}, {"areas": int(inside.sum())}, title)


# The ways to say how many rose and how many fell.
_BOTH = (
    (r"steeg .* in ([\d.]+) en daalde in ([\d.]+) van de ([\d.]+)", ("up", "down", "n")),
    (r": ([\d.]+) van ([\d.]+) omhoog, ([\d.]+) omlaag", ("up", "n", "down")),
    (r"in ([\d.]+) van ([\d.]+) .*wijken gestegen, in ([\d.]+) gedaald", ("up", "n", "down")),
    (r"in ([\d.]+) van ([\d.]+) .*wijken gedaald, in ([\d.]+) gestegen", ("down", "n", "up")),
)


def change_errors(answer) -> list[str]:
    title, rows = answer.text.title, deck.table(answer)
    rows = rows[rows["Oordeel"].notna()]
    n, up, down = len(rows), (rows["Oordeel"] == UP).sum(), (rows["Oordeel"] == DOWN).sum()
    if not n:
        return [] if "geen cijfers" in title else [title]
    pattern = (
        r"(?P<part>alle|geen|de enige|[\d.]+)(?: van de)?(?: (?P<total>[\d.]+))? (?:vergeleken )?(?:wijk|wijken)\b"
    )
    for shape, keys in _BOTH:
        found = re.search(shape, title)
        if found:
            said = {key: number(found[place]) for place, key in enumerate(keys, start=1)}
            return wrong(said, {"up": up, "down": down, "n": n}, title)
    part = counted(title, pattern, n)
    if "veranderd" in title:
        unmoved = part if "niet duidelijk" in title else n - part
        return wrong({"rest": unmoved}, {"rest": n - up - down}, title)
    side = "up" if re.search("steeg|gestegen", title) else "down"
    other = {"up": "down", "down": "up"}[side]
    return wrong({side: part, other: 0}, {"up": up, "down": down}, title)


def test_kaart(monitor, gemeenten):
    errors, read = [], 0
    for code in [*gemeenten, "NL"]:
        for name in {topic.id for topic in topics.map_topics(monitor, monitor.catalogue, code, Level.WIJK)} & set(
            MAPPED
        ):
            for mode in kaart.offered(monitor, monitor.catalogue, code, Level.WIJK, name):
                year = max(mode.years)
                since = mode.years[year][0] if mode.years[year] else None
                kinds = {"classes": mode.class_kinds[0]} if mode.class_kinds else {}
                choice = MapChoice(code, Level.WIJK, name, year, mode.name, since, **kinds)
                answer = kaart.answer(monitor, monitor.catalogue, choice)
                errors += state_errors(answer) if since is None else change_errors(answer)
                read += 1
    assert read > 2_000 / EVERY
    assert errors == []


# --- Wijkprofiel: one wijk of each gemeente ---


def spine_errors(answer) -> list[str]:
    title, table = profile_words.spine_title(answer), tables.spine(answer)
    sides = Counter(table["Oordeel"])
    judged = sides["gunstiger"] + sides["ongunstiger"] + sides["in de middelste helft"]
    found = re.match(
        r"(\d+) van de (\d+) cijfers (?:is|zijn) (gunstiger|ongunstiger)(?: en (\d+) (?:on)?gunstiger)?", title
    )
    if found:
        other = {"gunstiger": "ongunstiger", "ongunstiger": "gunstiger"}[found[3]]
        said = {found[3]: int(found[1]), other: int(found[4] or 0), "n": int(found[2])}
        return wrong(said, {**{key: sides[key] for key in (found[3], other)}, "n": judged}, title)
    equal = re.match(r"Evenveel cijfers \((\d+)\)", title)
    if equal:
        both = {"gunstiger": int(equal[1]), "ongunstiger": int(equal[1])}
        return wrong(both, {key: sides[key] for key in both}, title)
    return []


def pillars_errors(answer) -> list[str]:
    title, table = profile_words.pillars_title(answer), tables.pillars(answer)
    verbs = {
        r"(?:steeg|stegen) duidelijk": UP,
        r"(?:daalde|daalden) duidelijk": DOWN,
        r"(?:bleef|bleven) vrijwel gelijk": VERDICTS[Verdict.SAME],
        r"(?:veranderde|veranderden) niet duidelijk": VERDICTS[Verdict.ORDINARY],
    }
    said = {}
    for part in re.sub("^De pijlers? ", "", title).split("; "):
        for verb, word in verbs.items():
            found = re.match(rf"(.*) {verb}$", part)
            if found:
                said |= {name: word for name in re.split(", | en ", found[1])}
    true = {
        line.short.lower(): str(table.loc[table["Pijler"] == line.title, "Oordeel"].iloc[-1]).split(" sinds")[0]
        for line in answer.lines
    }
    return wrong(said, true, title)


def line_errors(answer) -> list[str]:
    title, table = profile_words.line_title(answer), tables.line(answer)
    known = table.dropna(subset=[answer.subject.name])
    since = re.search(r"(gestegen|gedaald) sinds (\d+)", title)
    own = known[answer.subject.name]
    errors = []
    if since:
        first = float(known.loc[known["Jaar"] == since[2], answer.subject.name].iloc[0])
        up = float(own.iloc[-1]) > first
        errors += wrong({"course": since[1]}, {"course": UP if up else DOWN}, title)
    side = re.search(r"nu (boven|onder|gelijk met) de middelste", title)
    if side:
        middle = known[f"{answer.subject.everybody} (middelste)"].iloc[-1]
        mine, theirs = (dutch.as_written(float(one), answer.decimals) for one in (own.iloc[-1], middle))
        true = "gelijk met" if mine == theirs else "boven" if mine > theirs else "onder"
        errors += wrong({"side": side[1]}, {"side": true}, title)
    return errors


def test_wijkprofiel(monitor, gemeenten):
    errors, read = [], 0
    for code in gemeenten:
        inside = places.places_in(monitor, code, Level.WIJK)
        if not inside:
            continue
        area = inside[len(inside) // 2].code
        answer = spine.spine(monitor, monitor.catalogue, area, Against.EVERYBODY)
        errors += spine_errors(answer) + pillars_errors(lines.pillar_lines(monitor, monitor.catalogue, area))
        topic = lines.first_topic(monitor, monitor.catalogue, area)
        if topic:
            errors += line_errors(lines.indicator_line(monitor, monitor.catalogue, area, topic))
            read += 1
    assert read > 300 / EVERY
    assert errors == []


# --- Kloof: every gemeente with enough wijken ---


def test_kloof(monitor):
    errors, read = [], 0
    measured = kloof.Measured("lbm3_afw", Level.WIJK)
    words = {"kleiner": -1, "groter": 1}
    for code in list(kloof.beside(monitor, monitor.catalogue, measured, False))[::EVERY]:
        answer = kloof.gap(monitor, monitor.catalogue, measured, code)
        assert answer.own is not None
        read += 1
        table = kloof_drawing.table(answer)
        rows = table[table["Gebied"] == answer.own.name]
        change = rows["Kloof"].iloc[-1] - rows["Kloof"].iloc[0]
        said = next((word for word in words if re.search(rf"(juist {word}|{word}, en in .* ook)$", answer.title)), None)
        if said and not change * words[said] > 0.05 * rows["Kloof"].iloc[0]:
            errors.append(f"{answer.title}: {change}")
        if not said and not re.search("niet duidelijk$|vrijwel gelijk$|ook$", answer.title):
            errors.append(f"not read: {answer.title}")
    assert read > 60 / EVERY
    assert errors == []


# --- Dekking ---


def test_dekking(monitor, gemeenten, tmp_path):
    """Nothing is recorded, so nothing may be said to run or to be absent."""
    errors, register = [], registers.current(tmp_path)
    for code in gemeenten:
        answer = coverage(register, monitor, monitor.catalogue, Scope(code, Level.WIJK), date(2026, 11, 1))
        title, weak = dekking_words.title(answer), sum(bool(area.weak) for area in answer.areas)
        found = re.search(r"Van (\d+) wijk(?:en)? met een zwakke of dalende pijler is nog niets vastgelegd", title)
        if found:
            errors += wrong({"weak": int(found[1])}, {"weak": weak}, title)
        elif "geen wijk met een zwakke" in title:
            errors += wrong({"weak": 0}, {"weak": weak}, title)
        elif "geen enkele wijk" not in title:
            errors.append(f"not read: {title}")
    assert errors == []
