"""The programmes that ship: every area of the facts, a certainty on every row, and real and fictional apart."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from wijkdata import areas, settings
from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.reference import programmes as programmes_module
from wijkdata.reference.programmes import Certainty, evaluations, programme, programmes

# The forty of the annex of the Besluit CFV, per gemeente.
KRACHTWIJKEN = {
    "Alkmaar": ["Overdie"],
    "Amersfoort": ["De Kruiskamp"],
    "Amsterdam": ["Noord", "Oost", "Bijlmer", "Bos en Lommer", "Nieuw-West"],
    "Arnhem": ["Het Arnhemse Broek", "Klarendal", "Malburgen/Immerloo", "Presikhaaf"],
    "Den Haag": ["Zuid-West", "Schilderswijk", "Stationsbuurt", "Transvaal"],
    "Deventer": ["Rivierenwijk"],
    "Dordrecht": ["Wielwijk/Crabbehof"],
    "Eindhoven": ["Bennekel", "Doornakkers", "Woensel West"],
    "Enschede": ["Velve-Lindenhof"],
    "Groningen": ["De Hoogte", "Korrewegwijk"],
    "Heerlen": ["Meezenbroek"],
    "Leeuwarden": ["Heechterp/Schieringen"],
    "Maastricht": ["Noordoost"],
    "Nijmegen": ["Hatert"],
    "Rotterdam": ["Bergpolder", "Oud Zuid", "Overschie", "Noord", "West", "Vreewijk", "Zuidelijke Tuinsteden"],
    "Schiedam": ["Nieuwland"],
    "Utrecht": ["Kanaleneiland", "Ondiep", "Overvecht", "Zuilen Oost"],
    "Zaanstad": ["Poelenburg"],
}
NPLV = {
    "Leeuwarden": ["Leeuwarden-Oost"],
    "Groningen": ["Groningen Noord"],
    "Arnhem": ["Arnhem Oost"],
    "Heerlen": ["Heerlen Noord"],
    "Breda": ["Breda Noord"],
    "Eindhoven": ["Eindhoven Woensel-Zuid"],
    "Tilburg": ["Tilburg Noordwest"],
    "Schiedam": ["Schiedam Nieuwland-Oost"],
    "Rotterdam": ["Rotterdam-Zuid"],
    "Den Haag": ["Den Haag Zuidwest"],
    "Amsterdam": ["Amsterdam Zuidoost", "Amsterdam Nieuw-West"],
    "Zaanstad": ["Zaandam Oost"],
    "Lelystad": ["Lelystad Oost"],
    "Utrecht": ["Utrecht Overvecht"],
    "Nieuwegein": ["Nieuwegein Centrale-As"],
    "Vlaardingen": ["Vlaardingen West"],
    "Delft": ["Delft West"],
    "Dordrecht": ["Dordrecht West"],
    "Roosendaal": ["Roosendaal-stad"],
}
GEMEENTEN = {
    "Alkmaar": "GM0361",
    "Amersfoort": "GM0307",
    "Amsterdam": "GM0363",
    "Arnhem": "GM0202",
    "Breda": "GM0758",
    "Delft": "GM0503",
    "Den Haag": "GM0518",
    "Deventer": "GM0150",
    "Dordrecht": "GM0505",
    "Eindhoven": "GM0772",
    "Enschede": "GM0153",
    "Groningen": "GM0014",
    "Heerlen": "GM0917",
    "Leeuwarden": "GM0080",
    "Lelystad": "GM0995",
    "Maastricht": "GM0935",
    "Nieuwegein": "GM0356",
    "Nijmegen": "GM0268",
    "Roosendaal": "GM1674",
    "Rotterdam": "GM0599",
    "Schiedam": "GM0606",
    "Tilburg": "GM0855",
    "Utrecht": "GM0344",
    "Vlaardingen": "GM0622",
    "Vlierstede": "GM9701",
    "Zaanstad": "GM0479",
}
IDS = ("krachtwijken", "nplv", "nprz", "vb_buurtkracht", "vb_slechtste")
EVERY_AREA = [(id, area) for id in IDS for area in programme(id).areas]
EVERY_MATCH = [match for _, area in EVERY_AREA for match in area.matches]
# The file itself: it holds more than the product needs, and that is checked too.
EVERY_ROW = list(programmes_module._rows("programmagebieden.csv").itertuples())
ENTRIES = tomllib.loads((settings.REFERENCE_DIR / "programmas.toml").read_text(encoding="utf-8"))


def codes(matches, certainty):
    """The wijk codes with this certainty, in order of the file."""
    return [match.code for match in matches if match.code and match.certainty is certainty]


def matches_of(id):
    return [match for area in programme(id).areas for match in area.matches]


@pytest.mark.parametrize(("id", "expected", "n"), [("krachtwijken", KRACHTWIJKEN, 40), ("nplv", NPLV, 20)])
def test_every_area_of_the_facts_is_there_and_no_other(id, expected, n):
    found: dict[str, list[str]] = {}
    for area in programme(id).areas:
        found.setdefault(area.municipality, []).append(area.name)

    assert found == expected
    assert len(programme(id).areas) == n


@pytest.mark.parametrize("id", IDS)
def test_the_number_of_areas_is_what_the_programme_says(id):
    assert len(programme(id).areas) == ENTRIES[id]["aantal"]
    assert tuple(ENTRIES) == IDS


def test_no_row_belongs_to_an_unknown_programme():
    rows = programmes_module._rows("programmagebieden.csv")
    assert set(rows["programma"]) == set(IDS)
    assert len(rows) == len(EVERY_MATCH)
    assert set(programmes_module._rows("evaluaties.csv")["programma"]) == {"krachtwijken", "nplv"}


@pytest.mark.parametrize("row", EVERY_ROW)
def test_a_match_says_how_certain_it_is_and_why(row):
    certainty = Certainty(row.zekerheid)
    assert row.grondslag in ("naam", "bron", "oordeel")
    assert row.toelichting.endswith(".") and row.bron
    assert row.toelichting.startswith("Oordeel:") or row.grondslag != "oordeel" or not row.wijkcode
    assert (row.richting in ("gebied in wijk", "overlap")) == (certainty is Certainty.PART)


@pytest.mark.parametrize("row", EVERY_ROW)
def test_a_code_has_its_form_and_lies_in_the_gemeente(row):
    assert GEMEENTEN[row.gemeente] == row.gemeentecode
    if row.zekerheid == Certainty.NOT_FOUND:
        assert row.wijkcode == row.wijknaam == ""
        return
    assert re.fullmatch(r"WK\d{6}", row.wijkcode) and row.wijknaam
    assert areas.municipality_of(row.wijkcode) == row.gemeentecode


def test_every_row_is_a_match():
    assert sorted((match.code, match.name, str(match.certainty), match.note) for match in EVERY_MATCH) == sorted(
        (row.wijkcode, row.wijknaam, row.zekerheid, row.toelichting) for row in EVERY_ROW
    )


@pytest.mark.parametrize(("id", "area"), EVERY_AREA)
def test_an_area_holds_a_code_once_and_at_least_one(id, area):
    assert len(set(area.codes())) == len(area.codes()) > 0


# Matches per certainty, distinct wijken, areas that are nothing but whole wijken.
@pytest.mark.parametrize(
    ("id", "whole", "part", "not_found", "wijken", "whole_areas"),
    [
        ("krachtwijken", 23, 43, 2, 61, 16),
        ("nplv", 78, 23, 1, 101, 10),
        ("vb_buurtkracht", 3, 0, 0, 3, 3),
        ("vb_slechtste", 4, 0, 0, 4, 4),
    ],
)
def test_the_certainties_are_counted(id, whole, part, not_found, wijken, whole_areas):
    found = programme(id)
    counted = Counter(match.certainty for match in matches_of(id))
    assert [counted[one] for one in (Certainty.WHOLE, Certainty.PART, Certainty.NOT_FOUND)] == [whole, part, not_found]
    assert len(found.codes()) == wijken
    assert sum({match.certainty for match in area.matches} == {Certainty.WHOLE} for area in found.areas) == whole_areas


@pytest.mark.parametrize("id", IDS)
def test_a_wijk_is_not_whole_in_one_area_and_part_in_another(id):
    whole, part = (set(codes(matches_of(id), certainty)) for certainty in (Certainty.WHOLE, Certainty.PART))
    assert not whole & part
    assert whole | part == set(programme(id).codes())


# The matches that a match by name would get wrong.
@pytest.mark.parametrize(
    ("id", "municipality", "name", "whole", "part"),
    [
        ("krachtwijken", "Amersfoort", "De Kruiskamp", ["WK030707"], []),
        ("krachtwijken", "Maastricht", "Noordoost", [], ["WK093504"]),  # not WK093505 Buitenwijk Noordoost
        ("krachtwijken", "Leeuwarden", "Heechterp/Schieringen", ["WK008050"], []),
        ("krachtwijken", "Rotterdam", "Zuidelijke Tuinsteden", [], ["WK059912", "WK059915"]),
        ("krachtwijken", "Dordrecht", "Wielwijk/Crabbehof", ["WK050507"], ["WK050508"]),
        ("krachtwijken", "Eindhoven", "Woensel West", [], ["WK077242"]),
        ("nplv", "Schiedam", "Schiedam Nieuwland-Oost", ["WK060601", "WK060606"], []),
        ("nplv", "Breda", "Breda Noord", [], ["WK075801"]),  # the programme is wider than the wijk of that name
        ("nplv", "Eindhoven", "Eindhoven Woensel-Zuid", ["WK077241", "WK077242", "WK077243"], []),
        ("nplv", "Vlaardingen", "Vlaardingen West", ["WK062202"], []),
    ],
)
def test_an_area_that_its_name_does_not_give_away(id, municipality, name, whole, part):
    (area,) = [a for a in programme(id).areas if (a.municipality, a.name) == (municipality, name)]
    assert codes(area.matches, Certainty.WHOLE) == whole
    assert codes(area.matches, Certainty.PART) == part


def test_two_areas_may_lie_in_one_wijk():
    found = [area.name for area in programme("krachtwijken").areas if "WK001403" in area.codes()]
    assert found == ["De Hoogte", "Korrewegwijk"]


def test_the_kruiskamp_left_the_list_and_no_other_did():
    left = {row.gebied: (row.van, row.tot) for row in EVERY_ROW if row.programma == "krachtwijken" and row.tot}
    assert left == {"De Kruiskamp": ("2007-03-22", "2012-10-11")}


@pytest.mark.parametrize(
    ("id", "announced", "begin", "year", "end", "chosen_year"),
    [
        ("krachtwijken", "2007-03-22", "2007-03-22", 2007, "2012", None),
        ("nplv", "2022-07-04", "2022-07-04", 2022, "2042", None),
        ("vb_buurtkracht", "", "2019", 2019, "", None),
        ("vb_slechtste", "", "2019", 2019, "", 2018),
    ],
)
def test_the_dates(id, announced, begin, year, end, chosen_year):
    found = programme(id)
    assert (ENTRIES[id]["aangekondigd"], found.begin, found.begin_year, found.end) == (announced, begin, year, end)
    assert found.chosen_year == chosen_year
    assert ENTRIES[id]["gekozen_op"] and found.explanation and found.source and found.title and found.short


def test_real_and_fictional_are_never_mixed():
    assert tuple(programmes(fictional=False)) == ("krachtwijken", "nplv", "nprz")
    assert tuple(programmes(fictional=True)) == ("vb_buurtkracht", "vb_slechtste")
    for fictional in (True, False):
        for found in programmes(fictional).values():
            assert {areas.is_fictional(code) for code in found.codes()} == {fictional}
            assert ("fictief" in found.short.lower()) == fictional


@pytest.mark.parametrize(
    ("id", "truth"), [("vb_buurtkracht", "ingreep_werkte"), ("vb_slechtste", "alleen_terugval_naar_gemiddelde")]
)
def test_a_fictional_programme_is_the_planted_truth(id, truth):
    planted = tomllib.loads((settings.REFERENCE_DIR / "voorbeeld_waarheden.toml").read_text(encoding="utf-8"))[truth]
    found = programme(id)
    assert sorted(codes(matches_of(id), Certainty.WHOLE)) == planted["wijken"]
    # The title of the truth tells the answer; that of the programme does not.
    assert found.title.split(" (")[0] == planted["titel"].split(":")[0]
    assert found.begin_year == planted["begin"]
    assert found.chosen_year == planted.get("keuzejaar")
    assert set(found.chosen_topics) == set(planted.get("dip", {}))


@pytest.mark.parametrize(
    ("id", "years"),
    [
        ("krachtwijken", [2013, 2013, 2013, 2014, 2018]),
        ("nplv", [2025, 2025, 2025]),
        ("nprz", []),
        ("vb_buurtkracht", []),
    ],
)
def test_what_was_published_stands_with_its_source_and_why_it_can_differ(id, years):
    found = evaluations(id)
    assert [e.year for e in found] == years
    for e in found:
        assert all((e.author, e.title, e.method, e.outcome, e.why_different))
    rows = programmes_module._rows("evaluaties.csv")
    assert all(rows.loc[rows["programma"] == id, "bron"])


@pytest.mark.parametrize("ask", [programme, evaluations])
def test_an_unknown_programme_says_what_there_is(ask):
    with pytest.raises(NotFoundError) as error:
        ask("vogelaar")
    assert str(error.value) == (
        "Het programma ‘vogelaar’ bestaat niet; u kunt kiezen uit krachtwijken, nplv, nprz, vb_buurtkracht, vb_slechtste."
    )


def test_a_missing_file_is_one_sentence(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(programmes_module, "REFERENCE_DIR", tmp_path)
    with pytest.raises(WijkdataError, match="ontbreekt in data/reference"):
        programmes_module._file("evaluaties.csv")
