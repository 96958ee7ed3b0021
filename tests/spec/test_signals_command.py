"""The command signals as a script uses it: reference figures as JSON, planted truths, tables that hold no series."""

import json

import numpy as np
import pandas as pd
import pytest

from tests.signals_worlds import counts, from_month, slowly, usual
from tests.spec.test_command_line import run

ROW = {"area", "category", "period", "observed", "expected", "upper", "statistic", "alarm", "sentence"}
COLUMNS = ("--area", "gebied", "--period", "maand", "--count", "aantal")
MONTHS = [f"{year}-{month:02d}" for year in range(2016, 2024) for month in range(1, 13)]


def csv_of(values: np.ndarray, months=MONTHS, skip=lambda area, at: False) -> str:
    lines = ["gebied;maand;aantal"]
    for number, series in enumerate(values):
        lines += [
            f"W{number:03d};{months[at]};{'' if np.isnan(count) else int(count)}"
            for at, count in enumerate(series)
            if not skip(number, at)
        ]
    return "\n".join(lines) + "\n"


def asked(tmp_path, capsys, content: str, *arguments, columns=COLUMNS, name="reeks.csv"):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return run(capsys, "signals", "--series", path, *columns, *arguments)


def answered(*arguments, **named) -> dict:
    status, out, err = asked(*arguments, "--json", **named)
    assert (status, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize(
    ("method", "file", "tolerance"), [("farrington", "farrington_orig.csv", 1.5e-4), ("ears", "ears_C2.csv", 1e-12)]
)
def test_the_figures_of_surveillance(tmp_path, capsys, reference, method, file, tolerance):
    weeks = pd.read_csv(reference / "surveillance" / "salmonella_agona.csv")
    expected = pd.read_csv(reference / "surveillance" / file)
    content = weeks.assign(area="DE").to_csv(index=False)
    columns = ("--area", "area", "--period", "week", "--count", "observed", "--frequency", "week")
    answer = answered(tmp_path, capsys, content, "--method", method, "--range", "280:312", columns=columns)
    rows = pd.DataFrame(answer["signals"])
    assert set(rows.columns) == ROW
    assert rows["period"].tolist() == expected["t"].astype(str).tolist()
    assert rows["upper"].to_numpy() == pytest.approx(expected["ub"].to_numpy(), abs=tolerance)
    assert rows["alarm"].tolist() == (expected["alarm"] == 1).tolist()


def planted() -> np.ndarray:
    """W000 grows from 2021 on for two years; in March 2020 a new app doubles what is reported everywhere."""
    course = usual(areas=30, mean=15) * from_month(50, 1.7)
    course[0] *= slowly(74, 2.0, over=22)
    return counts(course, seed=5).values


def test_a_leap_is_named_and_what_grows_after_it_is_found(tmp_path, capsys):
    answer = answered(tmp_path, capsys, csv_of(planted()))
    assert [(one["period"], one["move"]) for one in answer["moves"]] == [("2020-03", "leap")]
    assert "andere manier van melden" in answer["moves"][0]["sentence"]
    assert answer["strongest"][0]["area"] == "W000"
    assert answer["strongest"][0]["sentence"].startswith("In W000 groeien meldingen sinds ")
    assert answer["back_test"]["false_alarms_per_area_year"] <= 0.1
    others = [row for row in answer["signals"] if row["area"] != "W000" and row["period"] >= "2020-03"]
    assert sum(row["alarm"] for row in others) / (len(others) / 12) <= 0.1


def test_the_price_of_every_sensitivity(tmp_path, capsys):
    test = answered(tmp_path, capsys, csv_of(planted()))["back_test"]
    assert {"false_alarms_per_area_year", "found", "median_lead_months"} <= set(test)
    limits, false = zip(*((one["limit"], one["false_alarms"]) for one in test["sensitivities"]), strict=True)
    assert limits == (3, 4, 5, 6)
    assert list(false) == sorted(false, reverse=True)
    assert test["limit"] == 4


@pytest.mark.parametrize("lag", [0, 12])
def test_known_events_and_the_lead(tmp_path, capsys, lag):
    events = tmp_path / "gebeurd.csv"
    events.write_text("area,from,to\nW000,2022-03,2023-12\nW001,1999-01,1999-06\n", encoding="utf-8")
    answer = answered(tmp_path, capsys, csv_of(planted()), "--events", events, "--lag", lag)
    test = answer["back_test"]
    assert (test["rises"], test["found"]) == (1, 1)
    first = min(
        row["period"]
        for row in answer["signals"]
        if row["area"] == "W000" and row["alarm"] and row["period"] >= "2022-03"
    )
    assert test["median_lead_months"] == lag + MONTHS.index("2022-12") - MONTHS.index(first)
    assert any("1 gebeurtenis valt buiten de reeks" in note for note in answer["notes"])


def test_rows_per_report_are_the_counts_of_them(tmp_path, capsys):
    values = counts(usual(areas=6), seed=3).values
    reports = ["gebied;maand"]
    for number, series in enumerate(values):
        reports += [
            f"W{number:03d};{MONTHS[at]}-{1 + n % 28:02d}" for at, count in enumerate(series) for n in range(int(count))
        ]
    # the last day of the last month is there, so that month is complete
    reports.append("Niet te lokaliseren;2023-12-31")
    per_report = answered(tmp_path, capsys, "\n".join(reports), columns=COLUMNS[:4])
    counted = answered(tmp_path, capsys, csv_of(values), name="geteld.csv")
    assert per_report["signals"] == counted["signals"]
    assert per_report["notes"][0] == "1 rij zonder gebied telt in geen gebied mee."


@pytest.mark.parametrize(
    ("made", "arguments", "said"),
    [
        pytest.param(
            lambda: csv_of(counts(usual(areas=3)).values[:, :2]), (), "de reeks is te kort", id="two months only"
        ),
        pytest.param(
            lambda: csv_of(counts(usual(areas=8)).values, skip=lambda area, at: area == 0 and at < 92),
            (), "het gebied komt pas kort in de reeks voor", id="a new area",
        ),
        pytest.param(
            lambda: csv_of(counts(usual(areas=8)).values, skip=lambda area, at: area == 0 and at > 80),
            (), "er komen geen meldingen meer binnen", id="an area that is no more",
        ),
        pytest.param(
            lambda: csv_of(counts(usual(areas=8)).values, skip=lambda area, at: at == 40),
            (), "Van mei 2019 is er niets; dat is onbekend en geen nul.", id="a month without anything",
        ),
        pytest.param(
            lambda: csv_of(counts(usual(areas=8, mean=40) * from_month(95, 0.4)).values),
            (), "waarschijnlijk niet compleet", id="an incomplete month",
        ),
        pytest.param(
            lambda: csv_of(counts(usual(areas=8)).values), ("--method", "farrington", "--range", ":2018-12"),
            "nodig 38", id="too short for what was asked",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_watched_is_named(tmp_path, capsys, made, arguments, said):
    status, out, _ = asked(tmp_path, capsys, made(), *arguments)
    assert status == 0
    assert said in out


def test_months_that_are_still_revised_are_shown_and_not_called(tmp_path, capsys):
    course = usual(areas=8)
    course[0] *= from_month(93, 4.0)
    content = csv_of(counts(course).values)
    called, held = (
        [row for row in answered(tmp_path, capsys, content, *extra)["signals"] if row["area"] == "W000" and row["period"] >= "2023-10"]
        for extra in ((), ("--provisional-since", "2023-10"))
    )  # fmt: skip
    assert any(row["alarm"] for row in called)
    assert [row["alarm"] for row in held] == [False] * 3
    assert all("voorlopig" in row["sentence"] and row["expected"] is not None for row in held)


def test_nothing_after_the_range_is_known(tmp_path, capsys):
    """The silence of an area that ends later, and the leap of a later month, are not known yet."""
    values = planted()
    until = MONTHS.index("2019-12") + 1
    cut = answered(tmp_path, capsys, csv_of(values), "--range", ":2019-12")
    short = answered(tmp_path, capsys, csv_of(values[:, :until]), name="kort.csv")
    assert cut == short


HEAD = "gebied;maand;aantal\n"
BAD = {
    "no rows": (HEAD, (), "er staan geen rijen"),
    "no such column": ("gebied;jaar;aantal\nA;2020-01;3\n", (), "kolom maand: deze kolom bestaat niet"),
    "a column twice": (HEAD + "A;2020-01;3\n", ("--category", "gebied"), "kolom gebied: deze kolom is meer dan eens"),
    "no period": (HEAD + "A;2020-01;3\nA;maart;4\n", (), "rij 3, kolom maand: dit is geen periode (gevonden: ‘maart’)"),
    "an empty period": (HEAD + "A;;3\n", (), "rij 2, kolom maand: de periode ontbreekt"),
    "a year": (HEAD + "A;2020;3\n", (), "rij 2, kolom maand: dit is geen periode (gevonden: ‘2020’)"),
    "numbers and months": (HEAD + "A;2020-01;3\nA;17;3\n", (), "rij 3, kolom maand: in deze kolom staan volgnummers"),
    "no number": (HEAD + "A;2020-01;veel\n", (), "rij 2, kolom aantal: dit is geen getal (gevonden: ‘veel’)"),
    "a negative count": (HEAD + "A;2020-01;-3\n", (), "rij 2, kolom aantal: dit is geen aantal (gevonden: ‘-3’)"),
    "half a report": (HEAD + "A;2020-01;2,5\n", (), "rij 2, kolom aantal: dit is geen aantal (gevonden: ‘2,5’)"),
    "no area at all": (HEAD + ";2020-01;3\n", (), "kolom gebied: er is geen enkele rij met een gebied"),
    "a range that is none": (HEAD + "A;2020-01;3\n", ("--range", "2020"), "schrijf bij --range bijvoorbeeld"),
    "a range of words": (HEAD + "A;2020-01;3\n", ("--range", "a:b"), "dit is geen periode zoals in de tabel"),
    "a range before it": (HEAD + "A;2020-01;3\n", (":2019-01", "--range")[::-1], "deze periode ligt vóór de reeks"),
    "a range after it": (HEAD + "A;2020-01;3\n", ("--range", "2021-01:"), "er is geen periode om te beoordelen"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_holds_no_series_is_one_sentence(tmp_path, capsys, name):
    content, extra, said = BAD[name]
    status, out, err = asked(tmp_path, capsys, content, *extra)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert err.rstrip().endswith(".")


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ("gebied,van\nW000,2020-01\n", "de kolom tot ontbreekt"),
        ("area,from,to\nW999,2020-01,2020-02\n", "rij 2, kolom area: dit gebied komt in de reeks niet voor"),
        ("area,from,to\nW000,januari,2020-02\n", "rij 2, kolom from: dit is geen periode"),
        ("area,from,to\nW000,2020-03,2020-02\n", "rij 2, kolom to: het einde ligt vóór het begin"),
    ],
)
def test_events_that_are_none(tmp_path, capsys, events, said):
    path = tmp_path / "gebeurd.csv"
    path.write_text(events, encoding="utf-8")
    status, _, err = asked(tmp_path, capsys, csv_of(counts(usual(areas=2)).values), "--events", path)
    assert status == 2
    assert said in err


def test_what_is_called_beyond_ten_is_counted_and_chance_is_said(tmp_path, capsys):
    course = usual(areas=60, mean=20)
    course[:12] *= slowly(60, 2.0, over=12)
    made = csv_of(counts(course).values)
    answer = answered(tmp_path, capsys, made)
    every = [*answer["strongest"], *answer["weaker"]]
    assert len(answer["strongest"]) == 10 and len(every) >= 12
    assert {f"W{number:03d}" for number in range(12)} <= {one["area"] for one in every}
    _, out, _ = asked(tmp_path, capsys, made)
    lines = out.splitlines()
    n = len(answer["weaker"])
    assert lines[10].startswith(f"En nog {n} zwakker")
    for line, one in zip(lines, answer["strongest"], strict=False):
        assert line.startswith(one["sentence"]) and ("Zwak: van zulke signalen" in line) is (one["q"] >= 0.5)


def test_the_columns_must_be_named(tmp_path, capsys):
    status, _, err = asked(tmp_path, capsys, HEAD, columns=("--area", "gebied"))
    assert (status, err) == (2, "Bij --series hoort ook --period; noem de kolommen van uw tabel.\n")


def test_a_real_list_of_cases(capsys, shared):
    """Synthetic cases of a publisher's own example, a row each."""
    path = shared / "signalen-voorbeeld" / "input.csv"
    status, out, _ = run(
        capsys,
        "signals",
        "--series",
        path,
        "--area",
        "county",
        "--period",
        "date_report",
        "--category",
        "pathogen",
        "--json",
    )
    answer = json.loads(out)
    assert status == 0
    assert answer["refused"] == []
    assert len({row["area"] for row in answer["signals"]}) == 9
    frame = pd.read_csv(path)
    for row in answer["signals"][::97]:
        here = (frame["county"] == row["area"]) & (frame["pathogen"] == row["category"])
        assert row["observed"] == (here & frame["date_report"].str.startswith(row["period"])).sum()
