"""The command impact as a script uses it: reference figures as JSON, tables that are no panel, refusals, the register."""

import json
import math
from dataclasses import replace
from random import Random

import numpy as np
import pandas as pd
import pytest

from tests.impact_answers import ANSWER, INTERVENTION, of_finding, of_head, treated
from tests.spec.test_command_line import run
from wijkdata.commands import impact

KEYS = {
    "method", "estimate", "standard_error", "interval", "p_value", "p_value_reason", "placebos", "smallest_detectable",
    "refused", "periods", "weights", "aggregates", "pre_test", "sentence", "intervals", "doubt", "doubts", "robust", "cells",
    "nothing", "exaggeration",
}  # fmt: skip
COLUMNS = ("--unit", "gebied", "--time", "jaar", "--outcome", "cijfer")
STARTED = ("--treated", "W00", "--start", "2015")


def table(units=24, first=2010, last=2018, cell=None, **extra: str) -> str:
    """A panel as CSV: W00, W01 ... `cell(unit, year)` replaces a figure, None leaves the row out."""
    lines = [";".join(["gebied", "jaar", "cijfer", *extra])]
    for unit in range(units):
        for year in range(first, last + 1):
            value = f"{math.sin(unit * 7 + year * 3) + unit:.4f}"
            if cell is not None:
                value = cell(unit, year, value)
            if value is not None:
                lines.append(";".join([f"W{unit:02d}", str(year), value, *extra.values()]))
    return "\n".join(lines) + "\n"


def asked(tmp_path, capsys, content: str, *arguments: str, name="paneel.csv"):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return run(capsys, "impact", "--panel", path, *COLUMNS, *arguments)


def one(unit: int, year: int, new: str | None):
    """A replacement of one cell."""
    return lambda u, y, value: new if (u, y) == (unit, year) else value


TWICE = table() + "W03;2012;1.5\n"
BAD = {
    "one unit": (table(units=1), STARTED, "er is maar één gebied"),
    "one period": (table(last=2010), ("--treated", "W00", "--start", "2010"), "er is maar één meting"),
    "one period, cohort": (table(last=2010, start="0"), ("--cohort", "start"), "er is maar één meting"),
    "duplicate": (TWICE, STARTED, "rij 218, kolom gebied: dit gebied heeft voor dezelfde tijd al een rij"),
    "a gap in the only treated": (table(cell=one(0, 2012, "")), STARTED, "er blijft geen gebied over dat meedeed"),
    "a row that is not there": (table(cell=one(0, 2012, None)), STARTED, "er blijft geen gebied over dat meedeed"),
    "gaps in all": (table(cell=lambda u, y, v: "" if y == 2010 + u % 9 else v), STARTED, "te weinig gebieden over"),
    "all treated": (table(units=2), ("--treated", "W00,W01", "--start", "2015"), "alle gebieden deden mee"),
    "none treated": (table(start="0"), ("--cohort", "start"), "geen enkel gebied deed mee"),
    "none named": (table(), ("--treated", "", "--start", "2015"), "geen enkel gebied deed mee"),
    "constant": (table(cell=lambda *_: "3"), STARTED, "alle cijfers zijn gelijk"),
    "text": (table(cell=one(3, 2012, "veel")), STARTED, "rij 31, kolom cijfer: dit is geen getal (gevonden: ‘veel’)"),
    "thousands or decimals": (
        table(cell=lambda u, y, v: "2.989" if (u, y) == (3, 2012) else str(u * 9 + y % 7 + 1)),
        STARTED,
        "rij 31, kolom cijfer: dit kan duizend-en-nog-wat zijn of een getal met drie decimalen",
    ),
    "a code for missing": (
        table(cell=one(3, 2012, "-99997")), STARTED, "rij 31, kolom cijfer: dit is een code voor een ontbrekend cijfer",
    ),
    "a share above 100": (
        table(cell=lambda u, y, v: str(100 + u + u * y % 5)), (*STARTED, "--scale", "share"), "niet elk cijfer ligt tussen 0 en 1",
    ),
    "a count below 0": (table(cell=one(3, 2012, "-4")), (*STARTED, "--scale", "count"), "er staan cijfers onder 0 in"),
    "chosen in a year after the start": (table(), (*STARTED, "--selected", "2016"), "er vóór de start geen meting"),
    "a size of nothing": (table(inwoners="0"), (*STARTED, "--size", "inwoners"), "kolom inwoners: een omvang is meer dan 0"),
    "no group": (table(gemeente=""), (*STARTED, "--cluster", "gemeente"), "kolom gemeente: de groep ontbreekt"),
    "infinite": (table(cell=one(3, 2012, "inf")), STARTED, "dit getal is oneindig"),
    "no such column": (table(), ("--cohort", "begin"), "kolom begin: deze kolom bestaat niet"),
    "no such unit": (table(), ("--treated", "X", "--start", "2015"), "dit gebied staat niet in het bestand"),
    "start before": (table(), ("--treated", "W00", "--start", "2010"), "de start valt buiten de metingen"),
    "start after": (table(), ("--treated", "W00", "--start", "2030"), "de start valt buiten de metingen"),
    "start no year": (table(), ("--treated", "W00", "--start", "ooit"), "de start is geen heel getal"),
    "time no year": (table().replace("2012", "ooit"), STARTED, "kolom jaar: dit is geen heel getal"),
    "no rows": ("gebied;jaar;cijfer\n", STARTED, "er staan geen rijen met cijfers in"),
    "points and commas": (table(cell=one(3, 2012, "49,118")), STARTED, "dit is geen getal (gevonden: ‘49,118’)"),
    "points and commas, three decimals": (
        table(cell=lambda u, y, v: f"{float(v) + 9:.3f}".replace(".", "," if (u, y) != (3, 2012) else ".")),
        STARTED,
        "rij 31, kolom cijfer: in deze kolom staan punten en komma's door elkaar (gevonden: ‘12.009’)",
    ),
    "nothing changes": (table(cell=lambda u, y, v: str(u)), STARTED, "kolom cijfer: geen enkel gebied verandert"),
    "all the same per measurement": (
        table(cell=lambda u, y, v: str(y % 4)), STARTED, "alle gebieden die nooit meededen veranderen precies evenveel",
    ),
    "all others the same": (
        table(cell=lambda u, y, v: v if u == 0 else str(y % 4)), STARTED, "wat toeval doet is niet te zien",
    ),
    "all others alike at their own level": (
        table(cell=lambda u, y, v: v if u == 0 else f"{u + y % 4 / 10}"), STARTED, "wat toeval doet is niet te zien",
    ),
    "one column for two things": (
        table(), (*STARTED, "--outcome", "jaar"), "kolom jaar: deze kolom is meer dan eens genoemd: als tijd en als cijfer",
    ),
    "start with a comma": (table(), ("--treated", "W00", "--start", "2015,0"), "de start is geen heel getal"),
    "no table": ("hallo\n", STARTED, "geen scheidingsteken"),
    "10,000 units": (
        "gebied;jaar;cijfer\n" + "".join(f"W{i:02d};{y};{i % 7 + y % 3}\n" for i in range(10_000) for y in range(2010, 2019)),
        STARTED,
        "er staan 10.000 gebieden in",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_is_no_panel_is_one_sentence(name, tmp_path, capsys):
    content, arguments, words = BAD[name]

    status, out, errors = asked(tmp_path, capsys, content, *arguments, "--json")

    assert status == 2
    assert words in errors
    (sentence,) = errors.splitlines()
    assert sentence.startswith("paneel.csv") and sentence.endswith(".")
    assert json.loads(out) == {"ok": False, "message": sentence}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Kies één van --activity, --programme en --panel"),
        (("--activity", "a", "--programme", "nplv", "--indicator", "lbm3_afw"), "Kies één van"),
        (("--activity", "a"), "Zeg met --indicator"),
        (("--activity", "a", "--indicator", "lbm3_afw", "--cohort", "c"), "horen bij --panel"),
        (("--programme", "nplv", "--indicator", "lbm3_afw", "--method", "cs"), "De methode cs kan alleen bij --panel"),
        (("--programme", "nplv", "--indicator", "lbm3_afw", "--start", "ooit"), "‘ooit’ is geen jaar"),
        (("--programme", "vogelaar", "--indicator", "lbm3_afw"), "Het programma ‘vogelaar’ bestaat niet"),
        (("--panel", "x.csv"), "--unit, --time en --outcome"),
        (("--panel", "x.csv", *COLUMNS), "Zeg waar en wanneer het gebeurde"),
        (("--panel", "x.csv", *COLUMNS, "--treated", "A"), "Zeg waar en wanneer het gebeurde"),
        (("--panel", "x.csv", *COLUMNS, "--treated", "A", "--cohort", "c"), "niet allebei"),
        (
            ("--panel", "x.csv", *COLUMNS, "--treated", "W0\nW1", "--start", "2015"),
            "De namen bij --treated zijn niet te lezen",
        ),
        (
            ("--panel", "x.csv", *COLUMNS, "--treated", '"W00', "--start", "2015"),
            "De namen bij --treated zijn niet te lezen",
        ),
        (("--panel", "x.csv", *COLUMNS, *STARTED), "x.csv: dit bestand bestaat niet"),
        (("--panel", "x.csv", *COLUMNS, *STARTED, "--programme", "nplv"), "kies één van beide"),
        (("--panel", "x.csv", *COLUMNS, *STARTED, "--method", "ols"), "kies uit sdid, sc, did, cs, imputation"),
        (("--panel", "x.csv", *COLUMNS, *STARTED, "--placebos", "-1"), "Die waarde kan niet bij --placebos"),
        (("--panel", "x.csv", *COLUMNS, *STARTED, "--scale", "log"), "kies uit level, share, count"),
        (("--programme", "nplv", "--indicator", "lbm3_afw", "--cluster", "c"), "horen bij --panel"),
    ],
)
def test_a_slip_is_one_sentence(arguments, words, capsys):
    status, _, errors = run(capsys, "impact", *arguments)
    assert (status, len(errors.splitlines())) == (2, 1)
    assert words in errors


# --- reference figures: docs/methods.md ----------------------------------------------------------------------------


def prop99(reference, capsys, method, *more):
    return run(
        capsys, "impact", "--panel", reference / "prop99/california_prop99.csv", "--unit", "State", "--time", "Year",
        "--outcome", "PacksPerCapita", "--treated", "California", "--start", "1989", "--method", method, "--json", *more,
    )  # fmt: skip


def mpdta(reference, capsys, method):
    status, out, _ = run(
        capsys, "impact", "--panel", reference / "mpdta/mpdta.csv", "--unit", "countyreal", "--time", "year",
        "--outcome", "lemp", "--cohort", "first.treat", "--method", method, "--json",
    )  # fmt: skip
    assert status == 0
    return json.loads(out)


@pytest.mark.parametrize(
    ("method", "estimate", "tolerance", "p_value", "spread"),
    [  # rows C1-C3 and C7
        ("did", -27.349111, 1e-6, 4 / 39, 17.52),
        ("sc", -19.619663, 0.15, 3 / 39, 10.78),
        ("sdid", -15.603828, 0.01, 2 / 39, 9.49),
    ],
)
def test_california(method, estimate, tolerance, p_value, spread, reference, capsys):
    status, out, _ = prop99(reference, capsys, method)
    answer = json.loads(out)

    assert status == 0
    assert set(answer) == KEYS
    assert answer["estimate"] == pytest.approx(estimate, abs=tolerance)
    assert answer["p_value"] == pytest.approx(p_value)
    assert answer["standard_error"] == pytest.approx(spread, abs=0.01)
    assert (answer["placebos"], answer["refused"], answer["aggregates"], answer["p_value_reason"]) == (38, *[None] * 3)
    assert sum(answer["weights"].values()) == pytest.approx(1)
    assert len(answer["weights"]) == 38
    after = [row["difference"] for row in answer["periods"] if row["time"] >= 1989]
    assert sum(after) / len(after) == pytest.approx(answer["estimate"])
    for row in answer["periods"]:
        assert row["treated"] - row["comparison"] == pytest.approx(row["difference"], abs=1e-9)
    assert answer["sentence"].startswith("Geen aantoonbaar verschil")


def test_the_heaviest_weights_of_california(reference, capsys):
    weights = json.loads(prop99(reference, capsys, "sdid")[1])["weights"]  # row C6
    # The published ones stop a little short of the optimum (Frank-Wolfe), which moves the fifth by half a thousandth.
    expected = {"Nevada": 0.124, "New Hampshire": 0.105, "Connecticut": 0.078, "Delaware": 0.070, "Colorado": 0.058}
    heaviest = sorted(weights, key=weights.get)[::-1][:5]
    assert heaviest == list(expected)
    assert [weights[name] for name in heaviest] == pytest.approx(list(expected.values()), abs=0.001)


def test_callaway_santanna(reference, capsys):
    answer = mpdta(reference, capsys, "cs")  # rows A2 and A4

    expected = {
        "simple": (-0.039951, 0.012034), "dynamic": (-0.077240, 0.019965),
        "group": (-0.031018, 0.012446), "calendar": (-0.041700, 0.015972),
    }  # fmt: skip
    assert set(answer) == KEYS
    for name, (estimate, standard_error) in expected.items():
        assert answer["aggregates"][name]["estimate"] == pytest.approx(estimate, abs=1e-6)
        assert answer["aggregates"][name]["standard_error"] == pytest.approx(standard_error, abs=1e-6)
    # Row A5: by measurements since the start, each inside a band that holds for all at once.
    parts = answer["aggregates"]["dynamic"]["parts"]
    assert [one["at"] for one in parts] == [-3, -2, -1, 0, 1, 2, 3]
    since = [0.030507, -0.000563, -0.024459, -0.019932, -0.050957, -0.137259, -0.100811]
    assert [one["estimate"] for one in parts] == pytest.approx(since, abs=1e-6)
    assert all(one["low"] < one["estimate"] - 1.645 * one["standard_error"] for one in parts)
    # Row A1: every cell, of which the first before its start is its own base.
    cells = {(one["cohort"], one["time"]): one["estimate"] for one in answer["cells"]}
    assert len(cells) == 12 and cells[(2004, 2004)] == pytest.approx(-0.010503, abs=1e-6)
    assert [one["at"] for one in answer["aggregates"]["group"]["parts"]] == [2004, 2006, 2007]
    assert answer["estimate"] == answer["aggregates"]["group"]["estimate"]
    assert answer["standard_error"] == answer["aggregates"]["group"]["standard_error"]
    assert answer["pre_test"]["statistic"] == pytest.approx(7.791237, abs=1e-6)
    assert answer["pre_test"]["p_value"] == pytest.approx(0.168122, abs=1e-6)
    # 191 treated: the normal distribution of the theoretical error.
    assert answer["p_value"] == pytest.approx(0.012695, abs=1e-6)
    assert answer["interval"] == pytest.approx(
        [-0.031018 - 1.644854 * 0.012446, -0.031018 + 1.644854 * 0.012446], abs=1e-6
    )
    assert (answer["placebos"], answer["weights"]) == (None, None)
    assert "Van 1 van de 3 groepen met dezelfde start zijn er minder dan 3 metingen" in answer["sentence"]
    # A7: two-way fixed effects; the weight on forbidden comparisons by Goodman-Bacon.
    assert "regressie met vaste effecten zou −0,0365 geven; 5,4% van haar gewicht" in answer["sentence"]


def test_imputation(reference, capsys):
    answer = mpdta(reference, capsys, "imputation")  # row A8

    assert answer["estimate"] == pytest.approx(-0.047710, abs=1e-6)
    assert (answer["placebos"], answer["pre_test"], answer["aggregates"]) == (999, None, None)
    assert answer["p_value"] >= 1 / 1000
    assert answer["interval"][0] < answer["estimate"] < answer["interval"][1] < 0


def test_a_cohort_with_hardly_anything_before_it_is_left_out_and_said(reference, capsys):
    answer = mpdta(reference, capsys, "sdid")

    assert "20 gebieden met een start in 2004 tellen niet mee" in answer["sentence"]
    assert len(answer["weights"]) == 309
    assert answer["refused"] is None


@pytest.mark.parametrize("method", ["sdid", "sc", "did", "cs", "imputation"])
def test_the_same_seed_gives_the_same_bytes(method, reference, capsys):
    first = prop99(reference, capsys, method, "--seed", "7", "--placebos", "20")
    assert first == prop99(reference, capsys, method, "--seed", "7", "--placebos", "20")
    other = prop99(reference, capsys, method, "--seed", "8", "--placebos", "20")
    assert json.loads(first[1])["estimate"] == json.loads(other[1])["estimate"]
    assert first != other  # other states were taken


# --- what speaks against a difference --------------------------------------------------------------------------------


def raised(by: float, wave: int | None = None):
    """W00 and W01 so much higher from 2015 on, or in one measurement only."""
    return lambda u, y, v: f"{float(v) + by:.4f}" if u < 2 and (y >= 2015 if wave is None else y == wave) else v


TWO = ("--treated", "W00,W01", "--start", "2015")


def noisy(by: float):
    """Figures that chance moves by about 1 each time; W00 and W01 so much higher from 2015 on."""
    return lambda u, y, v: raised(by)(u, y, str(10 * u + Random(f"2 {u} {y}").gauss()))


@pytest.mark.parametrize("method", ["sdid", "cs", "imputation"])
@pytest.mark.parametrize(("cell", "kind"), [(raised(50), None), (raised(50, 2016), "wave")])
def test_a_difference_carries_its_doubt(method, cell, kind, tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(units=40, cell=cell), *TWO, "--method", method)
    assert answer["p_value"] <= 0.05
    assert (answer["doubt"] and answer["doubt"]["kind"]) == kind and answer["doubts"][:1] == ([kind] if kind else [])
    robust = answer["robust"]
    assert set(robust["leave_one_wave"]) == {str(year) for year in range(2010, 2019)}
    assert set(robust["leave_one_area"]) == {"W00", "W01"}
    said = answer["doubt"]["sentence"] if kind else "Dit oordeel houdt zolang de lijnen na de start niet meer dan"
    assert said in answer["sentence"]
    if kind is None:
        assert robust["breakdown"] > 1 and robust["over_time"]["p_value"] <= 0.05
        assert min(robust["leave_one_wave"].values()) > 40 and robust["other_scale"] is None


def test_what_a_table_tells_beside_its_figures_is_used(tmp_path, capsys):
    content = table(
        units=40, cell=lambda u, y, v: f"{float(raised(50)(u, y, v)) + 5:.4f}", inwoners="1000", gemeente="A"
    )
    given = ("--selected", "2014", "--size", "inwoners", "--scale", "count", "--cluster", "gemeente")
    robust = answered(tmp_path, capsys, content, *TWO, *given)["robust"]
    assert robust["with_selection"] == pytest.approx(50, abs=2) and robust["without_selection"] == pytest.approx(
        50, abs=2
    )
    assert robust["other_scale"]["p_value"] <= 0.05


@pytest.mark.parametrize("method", ["sdid", "cs", "imputation"])
@pytest.mark.parametrize(
    ("yardstick", "kind", "begin", "end"),
    [
        ("3", "small", "Zeker geen groot verschil: ", "Een verschil van 3,000 of meer is hiermee zo goed als uitgesloten."),
        ("0.01", "unseen", "Geen aantoonbaar verschil: ", "in 8 van de 10 gevallen zijn opgevallen."),
    ],
)  # fmt: skip
def test_no_difference_is_two_things(method, yardstick, kind, begin, end, tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(40, cell=noisy(0)), *TWO, "--method", method, "--yardstick", yardstick)
    assert answer["nothing"] == {"kind": kind, "yardstick": float(yardstick)} and answer["exaggeration"] is None
    assert answer["sentence"].startswith(begin) and end in answer["sentence"]
    assert ("uitgesloten" in answer["sentence"]) is (kind == "small") is not ("opgevallen" in answer["sentence"])


@pytest.mark.parametrize("method", ["sdid", "cs", "imputation"])
def test_a_difference_that_only_shows_when_it_is_large_is_exaggerated(method, tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(40, cell=noisy(1.5)), *TWO, "--method", method, "--yardstick", "0.5")
    found = answer["exaggeration"]
    assert answer["doubt"] is None and found["times"] > 1.3
    assert "Hier vallen alleen grote verschillen op" in answer["sentence"]
    sure = answered(tmp_path, capsys, table(40, cell=noisy(50)), *TWO, "--method", method)
    assert sure["exaggeration"]["times"] == pytest.approx(1, abs=0.01) and "alleen grote" not in sure["sentence"]


def test_both_intervals_have_their_name(tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(), *STARTED)
    ninety, wide = answer["intervals"]["90"], answer["intervals"]["95"]
    assert ninety == answer["interval"] and wide[0] <= ninety[0] < ninety[1] <= wide[1]


# --- what is said and what is not ----------------------------------------------------------------------------------


def answered(tmp_path, capsys, content, *arguments):
    status, out, errors = asked(tmp_path, capsys, content, *arguments, "--json")
    assert (status, errors) == (0, "")
    answer = json.loads(out)
    assert set(answer) == KEYS
    return answer


@pytest.mark.parametrize("method", ["sdid", "sc", "did", "cs", "imputation"])
@pytest.mark.parametrize(
    ("units", "start", "reason", "remedy"),
    [
        (
            24,
            "2012",
            "Van vóór de start zijn er maar 2 metingen (2010 en 2011), en er zijn er minstens 3",
            "Voeg metingen",
        ),
        (24, "2011", "Van vóór de start is er maar 1 meting (2010)", "Voeg metingen"),
        (19, "2015", "Er zijn maar 18 gebieden zonder ontbrekende cijfers die nooit meededen", "Voeg gebieden toe"),
    ],
)
def test_a_refusal_shows_the_bare_line(method, units, start, reason, remedy, tmp_path, capsys):
    content = table(units=units)
    answer = answered(tmp_path, capsys, content, "--treated", "W00", "--start", start, "--method", method)

    assert answer["refused"]["reason"].startswith(reason)
    assert answer["refused"]["remedy"].startswith(remedy)
    assert answer["p_value_reason"] == answer["refused"]["reason"]
    assert [row["time"] for row in answer["periods"]] == list(range(2010, 2019))
    assert all(
        row["treated"] is not None and row["comparison"] is row["difference"] is None for row in answer["periods"]
    )
    absent = KEYS - {"method", "refused", "periods", "sentence", "p_value_reason"}
    assert {key for key in absent if answer[key] is not None} == set()


def test_nineteen_to_compare_with_is_enough(tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(units=20), *STARTED)
    assert (answer["refused"], answer["placebos"]) == (None, 19)
    assert 1 / 20 <= answer["p_value"] <= 1


@pytest.mark.parametrize("method", ["sdid", "sc", "did", "cs", "imputation"])
def test_a_large_effect_is_found_and_said(method, tmp_path, capsys):
    def raised(unit: int, year: int, value: str) -> str:
        return f"{float(value) + 50:.4f}" if unit == 0 and year >= 2015 else value

    answer = answered(tmp_path, capsys, table(cell=raised), *STARTED, "--method", method)

    assert answer["estimate"] == pytest.approx(50, abs=1.5)
    assert answer["p_value"] == pytest.approx(1 / 24)
    assert 45 < answer["interval"][0] < answer["estimate"] < answer["interval"][1] < 55
    assert "hoger dan anders te verwachten was" in answer["sentence"]
    assert "Dat verschil is groter dan bij 23 van de 23" in answer["sentence"]
    assert "bewezen" not in answer["sentence"]


@pytest.mark.parametrize("method", ["sdid", "cs", "imputation"])
def test_without_placebos_there_is_no_p_value_and_the_reason_is_given(method, tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(), *STARTED, "--method", method, "--placebos", "0")

    assert answer["estimate"] is not None
    assert (answer["p_value"], answer["interval"], answer["smallest_detectable"]) == (None, None, None)
    assert "er is geen enkele vergelijking gemaakt" in answer["p_value_reason"]


def test_few_placebos_can_say_little(tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(), *STARTED, "--placebos", "10")
    assert answer["p_value"] >= 1 / 11
    assert answer["smallest_detectable"] is None
    assert "Met minder dan 19 vergelijkingen" in answer["sentence"]


def test_more_treated_than_others_gives_an_estimate_without_a_p_value(tmp_path, capsys):
    named = ",".join(f"W{unit:02d}" for unit in range(22))
    answer = answered(tmp_path, capsys, table(units=42), "--treated", named, "--start", "2015")
    assert answer["estimate"] is not None
    assert answer["p_value"] is None
    assert "te weinig om er groepjes van 22 uit te vormen" in answer["p_value_reason"]


def test_few_treated_never_lean_on_the_theoretical_error(tmp_path, capsys):
    """19 treated: deals of the starts; 20: the normal distribution."""
    for n, deals in ((19, 999), (20, None)):
        named = ",".join(f"W{unit:02d}" for unit in range(n))
        answer = answered(tmp_path, capsys, table(units=60), "--treated", named, "--start", "2015", "--method", "cs")
        assert answer["placebos"] == deals
        theory = math.erfc(abs(answer["estimate"] / answer["standard_error"]) / math.sqrt(2))
        assert (answer["p_value"] == pytest.approx(theory, rel=1e-12)) is (deals is None)


def test_what_was_left_out_of_the_table_is_said(tmp_path, capsys):
    starts = {0: "2015", 1: "2009", 2: "2030"}
    lines = [
        row + ";" + starts.get(int(row[1:3]), "0") for row in table(units=30, cell=one(9, 2012, "")).splitlines()[1:]
    ]
    content = "\n".join(["gebied;jaar;cijfer;start", *lines])

    for method in ("sdid", "cs", "imputation"):
        said = answered(tmp_path, capsys, content, "--cohort", "start", "--method", method)["sentence"]
        assert "1 gebied is weggelaten omdat er een cijfer ontbreekt." in said
        assert "1 gebied was bij de eerste meting al begonnen en telt niet mee." in said
        assert "1 gebied begon pas na de laatste meting en telt als nooit begonnen." in said


def test_the_same_table_as_csv_xlsx_and_parquet(tmp_path, capsys):
    content = table()
    expected = answered(tmp_path, capsys, content, *STARTED)
    frame = pd.read_csv(tmp_path / "paneel.csv", sep=";")
    frame.to_excel(tmp_path / "p.xlsx", index=False)
    frame.to_parquet(tmp_path / "p.parquet", index=False)
    (tmp_path / "komma.csv").write_text(content.replace(";", ","), encoding="utf-8")
    (tmp_path / "decimaal.csv").write_text(content.replace(".", ","), encoding="utf-8")
    for name in ("p.xlsx", "p.parquet", "komma.csv", "decimaal.csv"):
        status, out, _ = run(capsys, "impact", "--panel", tmp_path / name, *COLUMNS, *STARTED, "--json")
        assert (status, json.loads(out)) == (0, expected), name


@pytest.mark.parametrize("column", ["cijfer", "gebied", "anders"])
def test_a_column_of_lists_is_one_sentence(column, tmp_path, capsys):
    path = tmp_path / "p.parquet"
    frame = pd.DataFrame([(f"W{u:02d}", y, math.sin(u * 7 + y)) for u in range(24) for y in range(2010, 2019)])
    frame = frame.set_axis(["gebied", "jaar", "cijfer"], axis=1)
    frame.assign(**{column: [[1.0, 2.0]] * len(frame)}).to_parquet(path, index=False)

    status, out, errors = run(capsys, "impact", "--panel", path, *COLUMNS, *STARTED)

    assert (status, out) == (2, "")
    assert errors == (
        f"p.parquet, kolom {column}: in deze kolom staat meer dan één waarde in een cel; laat deze kolom weg of geef elke waarde een "
        "eigen kolom.\n"
    )


def test_a_row_is_counted_as_the_reader_of_the_file_counts(tmp_path, capsys):
    content = table(cell=one(0, 2012, "veel")).replace("\n", "\n\n", 1)  # an empty line under the heading
    assert "rij 5, kolom cijfer" in asked(tmp_path, capsys, content, *STARTED)[2]


def test_names_with_a_comma_are_quoted(tmp_path, capsys):
    content = table().replace("W00", '"Oost, noord"')
    answer = answered(tmp_path, capsys, content, "--treated", '"Oost, noord", W01', "--start", "2015")
    assert len(answer["weights"]) == 22


def test_as_text_there_is_a_sentence_and_three_lines(tmp_path, capsys):
    status, out, _ = asked(tmp_path, capsys, table(), *STARTED)
    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("Zeker geen groot verschil")
    assert lines[1].split() == ["meting", "hier", "anders", "verschil"]
    assert [line.split()[0] for line in lines[2:]] == [str(year) for year in range(2010, 2019)]

    _, out, _ = asked(tmp_path, capsys, table(), "--treated", "W00", "--start", "2012")
    lines = out.splitlines()
    assert "Voeg metingen van vóór de start toe" in lines[0]
    assert lines[1].split() == ["meting", "hier"]


def jumping(unit: int, year: int, value: str) -> str:
    """W00 swings as nobody else does before the start, and lies far higher after it."""
    return f"{float(value) + 60 * (year % 2) + 80 * (year >= 2015):.4f}" if unit == 0 else value


def test_a_difference_after_lines_that_ran_apart_is_said_to_say_little(tmp_path, capsys):
    answer = answered(tmp_path, capsys, table(cell=jumping), *STARTED)

    assert answer["p_value"] <= 0.05 and answer["pre_test"]["p_value"] <= 0.05
    assert (
        "van de 23 vergelijkbare gebieden waar niets gebeurde. Maar de lijnen liepen vóór de start al uiteen"
        in (answer["sentence"])
    )


@pytest.mark.parametrize(("swing", "uneven"), [(30, True), (0, False)])
def test_the_test_of_the_lines_before_counts_for_cs_as_well(swing, uneven, tmp_path, capsys):
    def cell(unit: int, year: int, value: str) -> str:
        noise = np.random.Generator(np.random.PCG64(100_000 + unit * 100 + year)).normal()
        return f"{unit + noise + (unit < 25) * (swing * (year % 2) + 80 * (year >= 2015)):.4f}"

    named = ",".join(f"W{unit:02d}" for unit in range(25))
    content = table(units=60, cell=cell)
    answer = answered(tmp_path, capsys, content, "--treated", named, "--start", "2015", "--method", "cs")

    assert (answer["pre_test"]["p_value"] <= 0.05) is uneven
    assert ("minstens zo groot is. Maar de lijnen liepen vóór de start al uiteen" in answer["sentence"]) is uneven


def test_a_difference_in_picked_areas_is_partly_recovery_and_only_the_text_says_so(tmp_path, capsys):
    picked = "Zijn deze gebieden gekozen om dit cijfer, dan is een deel van het verschil vanzelf herstel."

    assert asked(tmp_path, capsys, table(cell=jumping), *STARTED)[1].splitlines()[-1] == picked
    assert picked not in asked(tmp_path, capsys, table(), *STARTED)[1]  # no difference
    assert picked not in asked(tmp_path, capsys, table(cell=jumping), *STARTED, "--json")[1]
    assert picked in " ".join(run(capsys, "impact", "--help")[1].split())


@pytest.mark.parametrize("power", [-9, -10, -56])
def test_figures_of_next_to_nothing_are_not_printed_as_nothing(power, tmp_path, capsys):
    def cell(unit: int, year: int, value: str) -> str:
        noise = np.random.Generator(np.random.PCG64(unit * 100 + year)).normal()
        return f"{noise + 9 * (unit == 0 and year >= 2015):.4f}e{power}"

    _, out, _ = asked(tmp_path, capsys, table(cell=cell), *STARTED)
    sentence, _, *rows = out.splitlines()

    assert "hoger dan anders" in sentence and f"e−{-power}" in sentence
    assert "0,000" not in out
    assert all("e−" in cell for row in rows[:9] for cell in row.split()[1:3])


def test_synthetic_control_with_too_many_to_compare_with(tmp_path, capsys):
    status, _, errors = asked(tmp_path, capsys, table(units=502), *STARTED, "--method", "sc")
    assert status == 2
    assert "de methode sc kan met hoogstens 500 gebieden vergelijken, en er zijn er 501; kies sdid" in errors


# --- from the register ---------------------------------------------------------------------------------------------


def of_example(example_data, capsys, *arguments):
    status, out, errors = run(capsys, "--data-dir", example_data, "impact", *arguments, "--json")
    assert (status, errors) == (0, "")
    answer = json.loads(out)
    assert set(answer) == KEYS
    return answer


def test_a_programme_that_worked(example_data, capsys):
    answer = of_example(example_data, capsys, "--programme", "vb_buurtkracht", "--indicator", "lbm3_afw")

    assert answer["p_value"] <= 0.05
    assert answer["interval"][0] < answer["estimate"] < answer["interval"][1]
    assert answer["sentence"].startswith("Na de start kwamen de 3 wijken gemiddeld")
    assert all(code.startswith("WK97") for code in answer["weights"])
    assert sum(answer["weights"].values()) == pytest.approx(1)
    assert answer == of_example(example_data, capsys, "--programme", "vb_buurtkracht", "--indicator", "lbm3_afw")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ((), "."),
        (("Kanaalhove",), ". Kanaalhove telt niet mee: geen cijfer in 2017."),
        (("Aa", "Bee"), ". Aa (geen cijfer in 2017) en Bee (geen cijfer in 2017) tellen niet mee."),
        (
            ("Aa", "Bee", "Ceee", "Deeee", "Eeeeee"),
            ". Aa (geen cijfer in 2017), Bee (geen cijfer in 2017), Ceee (geen cijfer in 2017) en 2 andere tellen niet mee.",
        ),
    ],
)
def test_where_it_ran_without_being_counted_is_said(left, words):
    areas = (treated("Zonnegaarde"), *(treated(name, used=False, why_not="geen cijfer in 2017") for name in left))
    answer = of_head(ANSWER, intervention=replace(INTERVENTION, areas=areas))
    answer = of_finding(answer, text="Zonnegaarde kwam hoger uit.")

    assert impact._impact_json(answer, "sdid")["sentence"] == "Zonnegaarde kwam hoger uit" + words


def test_a_refusal_from_the_register_has_its_remedy(example_data, capsys):
    arguments = ("--activity", "VB-21", "--indicator", "lbm3_afw")
    answer = of_example(example_data, capsys, *arguments)

    assert "minstens 3 nodig" in answer["refused"]["reason"]
    assert answer["p_value_reason"] == answer["refused"]["reason"]
    assert {
        key for key in ("estimate", "p_value", "weights", "pre_test", "placebos") if answer[key] is not None
    } == set()
    assert all(row["comparison"] is None for row in answer["periods"])
    _, out, _ = run(capsys, "--data-dir", example_data, "impact", *arguments)
    assert out.splitlines()[:2] == [answer["refused"]["reason"], answer["refused"]["remedy"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--activity", "bestaat-niet", "--indicator", "lbm3_afw"),
            "De activiteit bestaat-niet staat niet in het register",
        ),
        (("--activity", "VB-42", "--indicator", "vertrouwen"), "is niet begonnen; bereken vooraf"),
        (("--activity", "VB-01", "--indicator", "vertrouwen", "--beforehand"), "is begonnen"),
        (("--activity", "VB-42", "--beforehand"), "Bij --beforehand horen --activity en --indicator"),
        (
            ("--activity", "VB-42", "--indicator", "vertrouwen", "--beforehand", "--start", "2027"),
            "laat de andere opties weg",
        ),
        (("--programme", "vb_buurtkracht", "--indicator", "lbm3"), "Het onderwerp ‘lbm3’ bestaat niet"),
        (("--programme", "nplv", "--indicator", "lbm3_afw"), "staat geen enkele wijk in de ingelezen gegevens"),
    ],
)
def test_what_is_not_there_is_one_sentence(arguments, words, example_data, capsys):
    status, _, errors = run(capsys, "--data-dir", example_data, "impact", *arguments)
    assert (status, len(errors.splitlines())) == (2, 1)
    assert words in errors


def test_what_will_be_seen_of_an_activity_that_is_planned(example_data, capsys):
    arguments = (
        "--data-dir",
        example_data,
        "impact",
        "--activity",
        "VB-42",
        "--indicator",
        "vertrouwen",
        "--beforehand",
    )
    answer = json.loads(run(capsys, *arguments, "--json")[1])
    sizes = {(one["areas"], one["measurements"]): one["size"] for one in answer["smallest_detectable"]}
    assert (answer["refused"], answer["aim"], len(sizes)) == (None, 2.0, 12) and sizes[5, 4] < 2 < sizes[1, 4]
    _, out, _ = run(capsys, *arguments)
    assert out.splitlines()[0] == f"{answer['sentence']}." and out.splitlines()[3].startswith("1 ")


def test_an_activity_of_the_example(example_data, capsys):
    answer = of_example(example_data, capsys, "--activity", "VB-06", "--indicator", "lbm3_afw")
    assert (answer["refused"] is None) == (answer["estimate"] is not None)
    assert answer["sentence"].endswith(".")
