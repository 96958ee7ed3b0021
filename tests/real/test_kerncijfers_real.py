"""Kerncijfers 2024 as people download them from StatLine, with codes and without, followed from the file into the store."""

import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.kwb_examples import as_json
from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.loading.figures import importer
from wijkdata.sources.reading.base import Context, Reading
from wijkdata.store.monitor import versions

FOLDER = "kwb2024-statline-nationaal"
CODED = "Kerncijfers_wijken_en_buurten_2024_geslachten.csv"
NAMED = "Kerncijfers_wijken_en_buurten_2024_11122025_141648.csv"
V3 = "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet"
V4 = "kwb2017-83765NED-v4-codes"
OTHERS = "statline-andere-uitvoer"


@pytest.fixture(scope="module")
def coded(shared) -> Reading:
    return sources.read(shared / FOLDER / CODED, Context(catalogue.load()))


def people(reading):
    rows = reading.observations[reading.observations["indicator"] == "inwoners"]
    return pd.Series(rows["value"].to_numpy(), index=rows["code"].astype(str))


def test_every_row_is_there_on_its_level(coded):
    levels = coded.areas["code"].str[:2].value_counts().to_dict()

    assert (coded.rows_read, coded.rows_kept) == (18_310, 18_310)
    assert levels == {"NL": 1, "GM": 342, "WK": 3_393, "BU": 14_574}
    assert coded.areas["code"].str[2:].str.contains("[A-Z]").sum() == 627


def test_inhabitants_per_level_and_empty_buurten(coded):
    counts = people(coded)
    sums = counts.groupby(counts.index.str[:2]).sum().to_dict()

    assert sums == {"NL": 17_942_942, "GM": 17_942_942, "WK": 17_942_715, "BU": 17_942_915}
    assert (counts[counts.index.str.startswith("BU")] == 0).sum() == 478
    assert any("vijftallen" in note for note in coded.notes)


def test_borders_that_changed(coded):
    moved = coded.areas[coded.areas["change"] == 3]["code"].str[:2].value_counts().to_dict()

    assert moved == {"BU": 746, "WK": 212}


def test_the_year_is_that_of_the_table(coded):
    assert (coded.edition.table, coded.edition.division, coded.edition.source) == ("85984NED", 2024, "kwb")


def test_names_alone_take_the_codes_of_the_same_rows(coded, shared):
    path = shared / FOLDER / NAMED
    reading = sources.read(path, Context(catalogue.load(), (shared / FOLDER / CODED,)))

    pd.testing.assert_series_equal(people(reading), people(coded))
    assert any(CODED in note and "rij voor rij" in note for note in reading.notes)


def test_names_alone_are_refused_with_what_to_click(shared):
    with pytest.raises(InputError, match=r"‘Centrum’ komt in meer gemeenten voor; kies in StatLine .* ‘Codering"):
        sources.read(shared / FOLDER / NAMED, Context(catalogue.load()))


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("table__85231ENG.csv", "Engelse tabel"),
        ("Nabijheid_voorzieningen__buurt_2021_10022023_162519.csv", "namen van gebieden en geen codes"),
    ],
)
def test_other_outputs_say_what_to_choose_and_are_not_called_cut(file, words, shared):
    with pytest.raises(InputError, match=words) as refused:
        sources.read(shared / OTHERS / file, Context(catalogue.load()))
    assert "afgekapt" not in str(refused.value)


@pytest.fixture(scope="module")
def stored(shared, tmp_path_factory):
    """The store after reading the download folder in, both files at once."""
    folder = tmp_path_factory.mktemp("kerncijfers")
    importer.import_files([shared / FOLDER / NAMED, shared / FOLDER / CODED], folder, catalogue.load())
    return versions.current(folder)


@pytest.mark.parametrize(
    ("code", "indicator", "published"),
    [
        ("NL00", "inwoners", 17_942_942),
        ("WK168000", "inwoners", 3_590),
        ("BU01935210", "65_plus", 185 / 495 * 100),
    ],
)
def test_a_figure_from_the_file_into_the_store(stored, code, indicator, published):
    rows = stored.cursor().execute(
        """SELECT value, period FROM observation JOIN area USING (area_id) JOIN indicator USING (indicator_id)
           WHERE area.code = ? AND indicator.code = ? AND NOT superseded AND NOT derived""",
        [code, indicator],
    )

    assert rows.fetchall() == [(pytest.approx(published), 2024)]


def test_the_table_of_2020_reads_the_same_from_json(shared, tmp_path):
    """The real rows of a gemeente, as the service answers them: the same figures as the whole table in Parquet."""
    table = pq.read_table(shared / V3)
    rows = [row for row in table.to_pylist() if row["WijkenEnBuurten"].strip()[2:6] == "0014"]
    about = {"odata.metadata": "https://opendata.cbs.nl/ODataApi/odata/84799NED/$metadata"}
    (tmp_path / "antwoord.json").write_bytes(as_json(rows, **about))
    part = sources.read(tmp_path / "antwoord.json", Context(catalogue.load()))
    whole = sources.read(shared / V3, Context(catalogue.load(), tuple(sorted((shared / V3).parent.iterdir()))))

    assert (part.edition.table, part.edition.division) == ("84799NED-GM0014", 2020)
    assert people(part).to_dict() == people(whole)[people(part).index].to_dict()
    assert people(part)["WK001400"] == 22_865


def test_observations_with_the_real_codes_of_2017(shared, tmp_path):
    """The codes are real, the figures made up: every region of the table times one measure."""
    for file in (shared / V4).glob("*.parquet"):
        shutil.copy(file, tmp_path)
    shutil.copy(shared / V4 / "cbs.v4.83765NED_Metadata.json", tmp_path)
    regions = (
        pq.read_table(shared / V4 / "cbs.v4.83765NED_WijkenEnBuurtenCodes.parquet").column("Identifier").to_pylist()
    )
    records = [
        {"Id": number, "Measure": "T001036", "ValueAttribute": "None", "Value": number, "WijkenEnBuurten": code}
        for number, code in enumerate(regions)
    ]
    path = tmp_path / "cbs.v4.83765NED_Observations.json"
    path.write_bytes(as_json(records))
    known = catalogue.load()
    column = catalogue.Column(source="kwb", form=catalogue.Form.ODATA4, column="T001036")
    item = known.indicators["inwoners"].model_copy(update={"columns": (column,)})
    more = known.model_copy(update={"indicators": {**known.indicators, "inwoners": item}})
    reading = sources.read(path, Context(more, tuple(file for file in sorted(tmp_path.iterdir()) if file != path)))

    assert (reading.rows_read, reading.rows_kept) == (16_667, 16_667)
    assert (reading.edition.division, reading.edition.published) == (2017, "2020-11-06")
    assert reading.areas.set_index("code")["name"]["WK168000"] == "Wijk 00 Annen"
    assert people(reading)["WK168000"] == 2.0
