"""A municipal export without codes: its parts, names matched inside one gemeente, and what is left over."""

import pandas as pd
import pytest

from tests.geo_examples import ZWOLLE_HEADERS, ZWOLLE_TAIL, workbook, zwolle
from wijkdata import catalogue, sources
from wijkdata.areas import Level
from wijkdata.errors import InputError
from wijkdata.sources.publishers import zwolle as reader
from wijkdata.sources.reading import names
from wijkdata.sources.reading.base import Context

KNOWN = pd.DataFrame(
    [
        ("GM0193", "Zwolle"),
        ("BU01930000", "Aa-landen-Noord"),
        ("BU01930001", "Oud Ittersum"),
        ("BU01930002", "Centrum"),
        ("BU01930003", "Eén"),
        ("BU01930004", "'t Goy, en omgeving"),
        ("WK019300", "Wipstrik"),
        ("GM0014", "Groningen"),
        ("BU00140000", "Centrum"),
        ("BU00140001", "Berkum"),
    ],
    columns=["code", "name"],
)
NO_ADDRESS = [row for row in ZWOLLE_TAIL if row != ["cijfersoverzwolle.nl"]]


def read(tmp_path, content, known=KNOWN):
    path = tmp_path / "export.xlsx"
    path.write_bytes(content)
    assert sources.recognise(path) is reader.READERS[0]
    return sources.read(path, Context(catalogue.load(), known_areas=known))


def figures(reading, indicator):
    rows = reading.observations[reading.observations["indicator"] == indicator]
    return {row.code: row.value if row.reason is None else row.reason for row in rows.itertuples()}


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aa-landen-Noord", "Aalanden-noord"),
        ("Kantorenterrein Oosterenk", "Kantorenterrein-Oosterenk"),
        ("'t Goy", "’t goy"),
        ("Één", "EEN"),
        ("Holtenbroek e.o.", "Holtenbroek en omgeving"),
        ("Dorp & Omgeving", "Dorp en omgeving"),
        ("Groningen (D,F,H)", "Groningen DFH"),
    ],
)
def test_exports_write_one_name_in_several_ways(one, other):
    assert names.loose(one) == names.loose(other)


@pytest.mark.parametrize(
    ("one", "other"), [("De Tippe", "Tippe bij de IJssel"), ("Hoog-Zuthem", "Hoogzutmen"), ("IV", "III")]
)
def test_names_that_only_resemble_each_other_stay_apart(one, other):
    assert names.loose(one) != names.loose(other)


@pytest.mark.parametrize(
    ("given", "code", "problem"),
    [
        ("Aa-landen-Noord", "BU01930000", None),
        ("aalanden noord", "BU01930000", None),
        ("Centrum", "BU01930002", None),
        ("een", "BU01930003", None),
        ("'t Goy e.o.", "BU01930004", None),
        ("Berkum", None, "komt niet voor onder de bekende buurten van de gemeente"),
        ("Wipstrik", None, "komt niet voor"),
    ],
)
def test_a_name_counts_inside_its_gemeente_and_level_only(given, code, problem):
    matched = names.match(pd.Series([given], index=[3]), KNOWN, Level.BUURT, "GM0193")
    matched_code = matched.codes.loc[3]
    assert (matched_code if isinstance(matched_code, str) else None) == code
    assert problem is None or problem in matched.problems.loc[3]


def test_a_name_of_two_areas_is_the_name_of_neither():
    known = pd.DataFrame({"code": ["BU01930000", "BU01930001"], "name": ["Oud-Schelle", "Oud Schelle"]})
    matched = names.match(pd.Series(["oud schelle", "Oud Schelle"]), known, Level.BUURT, "GM0193")
    assert matched.problems.tolist()[0] == "deze naam past bij 2 buurten"
    assert matched.codes.tolist()[1] == "BU01930001"


def test_an_area_is_given_once():
    matched = names.match(pd.Series(["Centrum", "centrum"]), KNOWN, Level.BUURT, "GM0193")
    assert matched.codes.dropna().tolist() == ["BU01930002"]
    assert matched.problems.tolist()[1] == "deze buurt staat twee keer in het bestand"


@pytest.mark.parametrize(
    ("given", "hints", "municipality"),
    [
        (["Centrum"], ["cijfersoverzwolle"], "GM0193"),
        (["Centrum"], ["groningen-in-cijfers"], "GM0014"),
        (["Centrum", "Berkum"], [], "GM0014"),
        (["Aalanden-Noord", "Oud-Ittersum", "Centrum"], [], "GM0193"),
        (["Nergens"], ["cijfersoverzwolle"], None),
        (["Nergens", "Elders", "Centrum"], [], None),
    ],
)
def test_the_gemeente_is_the_one_of_the_address_else_of_most_names(given, hints, municipality):
    assert names.municipality(pd.Series(given), KNOWN, Level.BUURT, hints) == municipality


# --- the sheet ------------------------------------------------------------------------------------------------------


def test_figures_and_marks_come_out_with_their_reasons(tmp_path):
    reading = read(tmp_path, zwolle(["Centrum", 2046, 29200, 12], ["Oud-Ittersum", 0, "-", "."], ["Eén", 36, "-", 0]))
    assert figures(reading, "inwoners") == {"BU01930002": 2046, "BU01930001": 0, "BU01930003": 36}
    assert figures(reading, "inkomen_zwolle") == {
        "BU01930002": 29200, "BU01930001": "not_applicable", "BU01930003": "not_applicable",
    }  # fmt: skip
    assert figures(reading, "minima_105") == {"BU01930002": 12, "BU01930001": "suppressed", "BU01930003": 0}


def test_the_title_the_tail_and_the_export_day_make_the_edition(tmp_path):
    edition = read(tmp_path, zwolle(["Centrum", 2046, 29200, 12])).edition
    assert (edition.source, edition.table, edition.division) == ("zwolle", "zwolle-buurten-2015", 2015)
    assert (edition.label, edition.published) == ("2015, export van 19 maart 2025", "2025-03-19")


def test_left_over_names_are_shown_with_the_row_of_the_sheet(tmp_path):
    reading = read(tmp_path, zwolle(["Centrum", 1, 2, 3], ["De Tippe", 0, "-", "-"], ["Onbekend", 0, "-", "-"]))
    assert reading.rejected.to_numpy().tolist() == [
        [4, "naam", "De Tippe", "deze naam komt niet voor onder de bekende buurten van de gemeente"],
        [5, "naam", "Onbekend", "dit is een restgroep, geen buurt"],
    ]
    assert (reading.rows_read, reading.rows_kept) == (3, 1)


def test_the_notes_say_how_names_were_matched_and_repeat_the_footnote(tmp_path):
    notes = read(tmp_path, zwolle(["Centrum", 1, 2, 3], ["oud-ittersum", 1, 2, 3])).notes
    assert notes == (
        "2 van 2 namen zijn gekoppeld aan een gebiedscode; 1 daarvan zonder op hoofdletters en leestekens te letten, "
        "zoals ‘oud-ittersum’ aan ‘Oud Ittersum’.",
        "Voetnoot van de uitgever: ‘Cijfers van 2025 zijn voorlopig’. Dit bestand gaat over 2015.",
    )


def test_without_an_address_most_of_the_names_decide(tmp_path):
    reading = read(tmp_path, zwolle(["Centrum", 1, 2, 3], ["Berkum", 1, 2, 3], tail=NO_ADDRESS))
    assert reading.areas["code"].tolist() == ["BU00140000", "BU00140001"]


@pytest.mark.parametrize("tail", [NO_ADDRESS, ZWOLLE_TAIL])
def test_without_known_names_it_says_what_to_read_first(tmp_path, tail):
    sentence = "namen zijn nog niet bekend .*lees eerst een bestand met codes en namen in"
    with pytest.raises(InputError, match=sentence):
        read(tmp_path, zwolle(["Centrum", 1, 2, 3], tail=tail), known=KNOWN.iloc[:0])


@pytest.mark.parametrize("tail", [[], [["cijfersoverzwolle.nl"]]])
def test_a_sheet_without_the_usual_tail_loses_no_row(tmp_path, tail):
    reading = read(tmp_path, zwolle(["Centrum", 1, 2, 3], ["Eén", 1, 2, 3], ["aalanden-noord", 1, 2, 3], tail=tail))
    assert reading.rows_kept == 3
    assert reading.rows_read == 3 + len(tail)
    assert len(reading.rejected) == len(tail)


def test_a_word_in_a_number_rejects_its_row(tmp_path):
    reading = read(tmp_path, zwolle(["Centrum", "veel", 2, 3], ["Eén", 1, 2, 3]))
    assert reading.rejected.to_numpy().tolist() == [
        [3, "inwoners op 1 januari [personen]", "veel", "dit is geen getal"]
    ]
    assert figures(reading, "inwoners") == {"BU01930003": 1}


@pytest.mark.parametrize(
    "lines",
    [
        [["gebied_code", "indicator"], ["BU01930000", "inwoners"]],
        [["Thema's - 2015 - Buurten"], ["", "zonder eenheid"], ["Centrum", 1]],
        [["Thema's - Buurten"], ZWOLLE_HEADERS, ["Centrum", 1, 2, 3]],
        [["Thema's - 2015 - Buurten", "en nog iets"], ZWOLLE_HEADERS, ["Centrum", 1, 2, 3]],
    ],
)
def test_another_sheet_is_not_taken_for_this_one(tmp_path, lines):
    path = tmp_path / "Thema's - 2015 - Buurten.xlsx"
    path.write_bytes(workbook(lines))
    assert not reader.recognises(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (workbook([["Thema's - 2015 - Buurten"], [*ZWOLLE_HEADERS, ZWOLLE_HEADERS[1]], ["Centrum", 1, 2, 3, 4]]),
         "kolom inwoners op 1 januari .*staat twee keer"),
        (zwolle(), "er staan geen buurten in dit bestand"),
        (workbook([["Thema's - 2015 - Buurten"], ["", "bomen [aantal]"], ["Centrum", 1]]), "geen enkele kolom"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_used_is_one_sentence(tmp_path, content, sentence):
    with pytest.raises(InputError, match=sentence):
        read(tmp_path, content)
