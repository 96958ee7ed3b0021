"""The publishers' formats on small made files: what is read, what edition it is, and why a figure is missing."""

import json
import math

import pytest

from tests.bad_files import KWB, KWB_COLUMNS, KWB_METADATA, LBM2, LBM3, RIVM, STATLINE, kwb, kwb_metadata_file, parquet
from wijkdata import catalogue, sources
from wijkdata.sources.reading.base import Context

TYPED, AREAS = "99999NED_TypedDataSet.parquet", "99999NED_WijkenEnBuurten.parquet"
NAMES = parquet({
    "Key": ["NL00", "GM9701", "WK970101  ", "BU97010101"],
    "Title": ["Nederland", "Voorbeeld", " Binnenstad ", "Markt"],
    "DetailRegionCode": ["", "GM9701", "WK970101", "BU97010101"],
})  # fmt: skip


def read(content, folder, name, other_files=()):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for other_name, data in dict(other_files).items():
        (folder / other_name).write_bytes(data)
    return sources.read(path, Context(catalogue.load(), other_files=tuple(sorted(folder.iterdir()))))


def found(reading, indicator):
    part = reading.observations[reading.observations["indicator"] == indicator]
    return {(row.code, row.period): row.reason if math.isnan(row.value) else row.value for row in part.itertuples()}


def quoted(text):
    """The style of release 2024: text in quotes."""
    head, *lines = text.splitlines()
    cells = [line.split(",") for line in lines]
    body = ["".join((f'"{code}","{name}",', ",".join(rest))) for code, name, *rest in cells]
    return "\n".join([",".join(f'"{name}"' for name in head.split(",")), *body, ""])


# --- Leefbaarometer 3.0 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [LBM3, quoted(LBM3), LBM3.replace("\n", "\r\n"), "\ufeff" + LBM3])
def test_leefbaarometer_3_in_both_styles(text, tmp_path):
    reading = read(text, tmp_path, "scores.csv")

    assert found(reading, "lbm3_score") == {
        ("WK970101", 2012): 4.20226486,
        ("WK970101", 2014): 4.25226486,
        ("WK970102", 2014): 4.00226486,
    }
    assert found(reading, "lbm3_won") == {("WK970101", 2014): 0.05, ("WK970102", 2014): -0.02}
    assert reading.areas[["code", "name"]].values.tolist() == [["WK970101", "Binnenstad"], ["WK970102", "Nieuwbouw"]]
    assert reading.notes == (
        "De vijf dimensies zijn er voor 2014; andere jaren hebben alleen het totaal.",
        "Niet alle 2 jaren: 1 wijk.",
    )


@pytest.mark.parametrize(
    ("prefix", "code", "table"),
    [
        ("wk", "WK970101", "leefbaarometer-3-wijken"),
        ("bu", "BU97010101", "leefbaarometer-3-buurten"),
        ("gm", "GM9701", "leefbaarometer-3-gemeenten"),
    ],
)
def test_leefbaarometer_3_per_level(prefix, code, table, tmp_path):
    text = (
        f"{prefix}_code,{prefix}_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n{code},Een,2022,4.20226486,0.1,NA,NA,NA,NA,NA\n"
    )
    reading = read(text, tmp_path, "scores.csv")

    assert (reading.edition.table, reading.edition.label) == (table, "meting 2022")
    assert found(reading, "lbm3_score") == {(code, 2022): 4.20226486}


@pytest.mark.parametrize(("last", "division"), [(2022, 2022), (2024, 2024), (2020, 2020)])
def test_leefbaarometer_3_division(last, division, tmp_path):
    assert read(LBM3.replace("2014", str(last)), tmp_path, "scores.csv").edition.division == division


def test_leefbaarometer_3_with_another_reference_says_so(tmp_path):
    moved = "wk_code,wk_naam,jaar,lbm,afw\nWK970101,Een,2026,4.25,0.1\n"

    assert any("landelijke norm in dit bestand is 4,15000" in note for note in read(moved, tmp_path, "s.csv").notes)


def test_leefbaarometer_3_with_dimensions_before_2014_says_so(tmp_path):
    early = LBM3.replace("2014", "2011").replace("2012", "2014")

    assert any("dimensies voor 2011" in note for note in read(early, tmp_path, "s.csv").notes)


def test_leefbaarometer_3_twice_the_same_row_and_two_that_differ(tmp_path):
    double = LBM3 + LBM3.splitlines()[1] + "\n"
    assert read(double, tmp_path, "s.csv").rejected[["row", "value"]].values.tolist() == [[5, "WK970101"]]

    twice = LBM3 + "WK970101,Binnenstad,2012,4.30226486,0.2,NA,NA,NA,NA,NA\n"
    reading = read(twice, tmp_path, "s.csv")
    assert reading.rejected["row"].tolist() == [2, 5]
    assert (reading.rows_read, reading.rows_kept) == (4, 2)


# --- Leefbaarometer 2.0 ---------------------------------------------------------------------------------------------


def test_leefbaarometer_2_classes(tmp_path):
    reading = read(json.dumps(LBM2), tmp_path, "x.json")

    assert found(reading, "lbm2_klasse") == {
        ("WK970101", 2002): 6.0,
        ("WK970101", 2008): 7.0,
        ("WK970102", 2002): "not_covered",
        ("WK970102", 2008): 4.0,
    }
    assert (reading.edition.table, reading.edition.label, reading.edition.division) == (
        "leefbaarometer-2-wijken",
        "klassen 2002-2008",
        2016,
    )


def test_leefbaarometer_2_gemeenten_and_numbers(tmp_path):
    reading = read(json.dumps({"GM9701": {"KL02": 6, "KL16": "9"}}), tmp_path, "x.json")

    assert reading.edition.table == "leefbaarometer-2-gemeenten"
    assert found(reading, "lbm2_klasse") == {("GM9701", 2002): 6.0, ("GM9701", 2016): 9.0}


def test_leefbaarometer_2_ghost_is_one_rejected_row(tmp_path):
    reading = read(json.dumps(LBM2 | {"WK099899": {"KL02": "5", "KL08": "5"}}), tmp_path, "x.json")

    assert (reading.rows_read, reading.rows_kept) == (3, 2)
    assert set(reading.rejected["row"]) == {3}


# --- Kerncijfers wijken en buurten ----------------------------------------------------------------------------------


def test_kwb_reads_counts_rates_changes_and_names(tmp_path):
    reading = read(KWB, tmp_path, TYPED, kwb_metadata_file() | {AREAS: NAMES})

    assert found(reading, "inwoners") == {
        ("GM9701", 2020): 1000.0,
        ("WK970101", 2020): 1000.0,
        ("BU97010101", 2020): 500.0,
    }
    assert found(reading, "bijstand_1000")[("WK970101", 2020)] == 20.0
    assert reading.areas["name"].tolist() == ["Voorbeeld", "Binnenstad", "Markt"]
    assert reading.areas["change"].fillna(0).tolist() == [0, 1, 3]
    edition = reading.edition
    assert (edition.table, edition.label, edition.published, edition.division) == (
        "99999NED",
        "2020, stand 26 maart 2021",
        "2021-03-26",
        2020,
    )
    assert any("vijftallen" in note for note in reading.notes)


def test_kwb_without_names_keeps_the_gemeente_and_says_so(tmp_path):
    reading = read(KWB, tmp_path, TYPED, kwb_metadata_file())

    assert reading.areas["name"].tolist() == ["Voorbeeld", None, None]
    assert any("WijkenEnBuurten" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("counts", "population", "expected"),
    [
        ([None, None, None], [1000, 1000, 500], ["not_published", "not_published", "not_published"]),
        ([20, 20, None], [1000, 1000, 500], [20.0, 20.0, "not_covered"]),
        ([20, None, 10], [1000, 1000, 500], [20.0, "not_covered", 20.0]),
        ([20, 20, 0], [1000, 1000, 0], [20.0, 20.0, "few_residents"]),
        ([20, -99997, 10], [1000, 1000, 500], [20.0, "suppressed", 20.0]),
    ],
    ids=["column-empty", "no-buurten", "no-wijken", "nobody-lives-there", "code"],
)
def test_kwb_tells_why_a_null_is_empty(counts, population, expected, tmp_path):
    table = kwb(AantalInwoners_5=population, PersonenPerSoortUitkeringBijstand_83=counts)
    reading = read(table, tmp_path, TYPED, kwb_metadata_file())

    assert list(found(reading, "bijstand_1000").values()) == expected


def test_kwb_hides_a_figure_where_its_neighbours_have_one(tmp_path):
    more = {name: [*cells, cells[-1]] for name, cells in KWB_COLUMNS.items()}
    more |= {"WijkenEnBuurten": [*KWB_COLUMNS["WijkenEnBuurten"], "BU97010102"]}
    more |= {"PersonenPerSoortUitkeringBijstand_83": [20, 20, None, 5]}
    reading = read(parquet(more), tmp_path, TYPED, kwb_metadata_file(RecordCount="4"))

    assert found(reading, "bijstand_1000")[("BU97010101", 2020)] == "suppressed"
    assert found(reading, "bijstand_1000")[("BU97010102", 2020)] == 10.0


def test_kwb_suffixes_may_shift(tmp_path):
    shifted = {name.replace("_83", "_91").replace("_5", "_7"): cells for name, cells in KWB_COLUMNS.items()}

    assert (
        found(read(parquet(shifted), tmp_path, TYPED, kwb_metadata_file()), "bijstand_1000")[("GM9701", 2020)] == 20.0
    )


def test_kwb_area_lists_give_names_only(tmp_path):
    reading = read(NAMES, tmp_path, AREAS, kwb_metadata_file())

    assert len(reading.observations) == 0
    assert reading.areas[["code", "name"]].values.tolist()[2] == ["WK970101", "Binnenstad"]
    assert reading.edition.table == "99999NED-gebieden"


def test_kwb_v4_area_lists_with_their_own_metadata(tmp_path):
    areas = parquet({"Identifier": ["WK970101  "], "Title": ["Binnenstad"], "DetailRegionCode": ["WK970101"]})
    metadata = {"Identifier": "88888NED", "TemporalCoverage": "2017", "Modified": "2020-11-06T00:00:00+01:00"}
    reading = read(areas, tmp_path, "v4_Codes.parquet", {"v4_Metadata.json": json.dumps(metadata).encode()})

    assert (reading.edition.table, reading.edition.division) == ("88888NED-gebieden", 2017)


def test_kwb_does_not_mind_broken_neighbours(tmp_path):
    broken = {"a.parquet": b"PAR1" + bytes(60), "b.json": b'{"Identifier": "77777NED', "c.json": b"", "d.parquet": b""}
    reading = read(KWB, tmp_path, TYPED, kwb_metadata_file() | {AREAS: NAMES} | broken)

    assert reading.areas["name"].tolist() == ["Voorbeeld", "Binnenstad", "Markt"]


def test_kwb_finds_its_own_metadata_among_others(tmp_path):
    of_other_table = json.dumps(
        KWB_METADATA | {"Identifier": "11111NED", "Period": "2017", "RecordCount": "9"}
    ).encode()

    assert (
        read(KWB, tmp_path, TYPED, kwb_metadata_file() | {"11111NED_Metadata.json": of_other_table}).edition.table
        == "99999NED"
    )


# --- StatLine and RIVM ----------------------------------------------------------------------------------------------


def test_statline_padded_and_hidden(tmp_path):
    reading = read("\ufeff" + STATLINE, tmp_path, "export.csv")

    assert found(reading, "ses_woa") == {("WK970101", 2019): -0.022, ("WK970102", 2019): "suppressed"}
    assert found(reading, "opleiding_laag") == {("WK970101", 2019): 12.9, ("WK970102", 2019): "suppressed"}
    assert reading.areas["name"].tolist() == ["Binnenstad", "Nieuwbouw"]
    assert (reading.edition.source, reading.edition.table, reading.edition.division) == (
        "ses_woa",
        "85163NED-2019-GM9701",
        2019,
    )


@pytest.mark.parametrize(("written", "period"), [("2019JJ00", 2019), ("2019*", 2019), ("2019MM03", 201903)])
def test_statline_periods(written, period, tmp_path):
    reading = read(STATLINE.replace('"2019"', f'"{written}"'), tmp_path, "export.csv")

    assert set(reading.observations["period"]) == {period}


def test_statline_blank_is_impossible_not_hidden(tmp_path):
    assert (
        found(read(STATLINE.replace("  -0.022", "        "), tmp_path, "e.csv"), "ses_woa")[("WK970101", 2019)]
        == "not_applicable"
    )


def test_statline_reads_another_table_once_the_catalogue_knows_its_headers(tmp_path):
    known = catalogue.load()
    column = catalogue.Column(source="kwb", form=catalogue.Form.STATLINE, column="Aantal inwoners (aantal)")
    item = known.indicators["inwoners"].model_copy(update={"columns": (column,)})
    more = known.model_copy(update={"indicators": {**known.indicators, "inwoners": item}})
    path = tmp_path / "kwb.csv"
    path.write_text(
        '"Perioden";"Wijken en buurten";"Codering (code)";"Aantal inwoners  (aantal)"\n"2019";"Binnenstad";"WK970101  ";"  1250"\n',
        encoding="utf-8-sig",
    )
    reading = sources.read(path, Context(more))

    assert reading.edition.source == "kwb"
    assert found(reading, "inwoners") == {("WK970101", 2019): 1250.0}


def test_rivm_estimates_and_why_they_are_missing(tmp_path):
    reading = read(RIVM, tmp_path, "eenzaam.csv")

    assert found(reading, "ernstig_eenzaam") == {("WK970101", 2016): 10.0, ("WK970102", 2016): "few_residents"}
    assert found(reading, "regie")[("WK970101", 2016)] == 88.0
    assert reading.edition.division == 2016
    assert "Geschat met een model: 4 kolommen" in reading.notes[-1]
    assert set(reading.observations["period"]) == {2016}
