"""The gemeenten that ship: names, mergers, splits and recodings since 2012, counted against the published numbers."""

from datetime import date

import pytest

from wijkdata import areas, settings
from wijkdata.errors import WijkdataError
from wijkdata.reference import gemeenten
from wijkdata.reference.gemeenten import every, exists, find, grew, heirs, merger_text

# The numbers that Statistics Netherlands published for 1 January.
COUNTS = {
    2012: 415,
    2013: 408,
    2014: 403,
    2015: 393,
    2016: 390,
    2017: 388,
    2018: 380,
    2019: 355,
    2020: 355,
    2021: 352,
    2022: 345,
    2023: 342,
    2024: 342,
    2025: 342,
}
PROVINCES = {
    "Groningen": 10,
    "Fryslân": 18,
    "Drenthe": 12,
    "Overijssel": 25,
    "Flevoland": 6,
    "Gelderland": 51,
    "Utrecht": 26,
    "Noord-Holland": 44,
    "Zuid-Holland": 50,
    "Zeeland": 13,
    "Noord-Brabant": 56,
    "Limburg": 31,
}
HEADING = "code,name,popular,province,since,until,successors,note"


@pytest.fixture
def reference_file(tmp_path, monkeypatch):
    """Write another list in place of the one that ships; the cache is emptied before and after."""
    monkeypatch.setattr(settings, "REFERENCE_DIR", tmp_path)
    every.cache_clear()
    yield lambda text: (tmp_path / gemeenten.FILE).write_text(text, encoding="utf-8")
    every.cache_clear()


# --- the list -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "n"), COUNTS.items())
def test_the_number_of_each_year_is_the_published_one(year, n):
    assert sum(exists(code, year) for code in every()) == n


def test_the_provinces_are_twelve_with_the_gemeenten_of_2024():
    there = [gemeente.province for gemeente in every().values() if exists(gemeente.code, 2024)]
    assert {province: there.count(province) for province in sorted(set(there))} == dict(sorted(PROVINCES.items()))
    assert {gemeente.province for gemeente in every().values()} == set(PROVINCES)


def test_codes_are_unique_and_real():
    path = settings.REFERENCE_DIR / gemeenten.FILE
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    codes = [line.split(",")[0] for line in lines[1:]]
    assert codes == sorted(set(codes)) == list(every())
    assert [code for code in codes if areas.is_ghost(code) or areas.is_fictional(code)] == []


def test_no_two_have_one_official_name_in_the_same_year():
    for year in COUNTS:
        names = [gemeente.name for gemeente in every().values() if exists(gemeente.code, year)]
        assert len(names) == len(set(names)), year


def test_who_takes_over_is_there_on_that_day():
    for gemeente in every().values():
        assert (gemeente.until is None) == (gemeente.successors == ()), gemeente
        assert all(every()[heir].existed_on(gemeente.until) for heir in gemeente.successors), gemeente
        assert gemeente.since is None or gemeente.until is None or gemeente.since < gemeente.until, gemeente


def test_who_is_new_came_from_somewhere():
    taken_over = {(heir, gemeente.until) for gemeente in every().values() for heir in gemeente.successors}
    new = {(gemeente.code, gemeente.since) for gemeente in every().values() if gemeente.since}
    # The four that became Hollands Kroon were gone on the first day of the list.
    assert new - taken_over == {("GM1911", date(2012, 1, 1))}


# --- finding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("GM0363", ["GM0363"]),
        ("gm0518", ["GM0518"]),
        (" 363 ", ["GM0363"]),
        ("Amsterdam", ["GM0363"]),
        ("den haag", ["GM0518"]),
        ("'s Gravenhage", ["GM0518"]),
        ("’s-gravenhage", ["GM0518"]),
        ("Den Bosch", ["GM0796"]),
        ("S-HERTOGENBOSCH", ["GM0796"]),
        ("sudwest fryslan", ["GM1900"]),
        ("Zuidwest-Friesland", ["GM1900"]),
        ("Tietjerksteradeel", ["GM0737"]),
        ("Dantumadeel", ["GM1891"]),
        ("Nuenen", ["GM0820"]),
        ("Nuenen,Gerwen en Nederwetten", ["GM0820"]),
        ("Bergen NH", ["GM0373"]),
        ("Bergen (L.)", ["GM0893"]),
        ("Bergen", ["GM0893", "GM0373"]),
        ("Hengelo", ["GM0164"]),
        ("Hengelo (O.)", ["GM0164"]),
        ("Groningen (gemeente)", ["GM0014"]),
        ("gemeente Utrecht", ["GM0344"]),
        ("Delfzijl", ["GM0010"]),
        ("Haren", ["GM0017"]),
        ("Haaren", ["GM0788"]),
        # The one that is there comes before the one that is gone.
        ("De Friese Meren", ["GM1940", "GM1921"]),
        ("Lutjebroek", []),
        ("", []),
        ("gemeente", []),
        ("WK036300", []),
        ("GM9999", []),
    ],
)
def test_find(text, codes):
    assert [gemeente.code for gemeente in find(text)] == codes


def test_every_gemeente_is_found_by_each_of_its_names():
    missing = [
        (gemeente.code, name)
        for gemeente in every().values()
        for name in (gemeente.code, gemeente.name, *gemeente.popular)
        if gemeente not in find(name)
    ]
    assert missing == []


# --- through the years ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "year", "there"),
    [
        ("GM0363", 2012, True),
        ("GM0363", 2026, True),
        ("GM0010", 2020, True),
        ("GM0010", 2021, False),
        ("GM1979", 2020, False),
        ("GM1979", 2021, True),
        # Dissolved on 24 March 2022, renamed on 1 July 2015.
        ("GM0457", 2022, True),
        ("GM0457", 2023, False),
        ("GM1921", 2015, True),
        ("GM1940", 2015, False),
        ("GM1940", 2016, True),
        # Not in the list: it hides nothing.
        ("GM9701", 2020, True),
    ],
)
def test_exists(code, year, there):
    assert exists(code, year) is there


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("GM0363", 2024, ["GM0363"]),
        ("GM9701", 2024, ["GM9701"]),
        ("GM0010", 2020, ["GM0010"]),
        ("GM0010", 2021, ["GM1979"]),
        ("GM1979", 2016, ["GM1979"]),
        ("GM0457", 2022, ["GM0457"]),
        ("GM0457", 2023, ["GM0363"]),
        ("GM0140", 2018, ["GM0080", "GM1900", "GM1949"]),
        ("GM0053", 2024, ["GM1966", "GM1969"]),
        ("GM0788", 2021, ["GM0757", "GM0824", "GM0855", "GM0865"]),
        # Two mergers: Graafstroom, Molenwaard, Molenlanden.
        ("GM0693", 2012, ["GM0693"]),
        ("GM0693", 2013, ["GM1927"]),
        ("GM0693", 2019, ["GM1978"]),
        # A merger and a new code: Ubbergen, Groesbeek, Berg en Dal.
        ("GM0282", 2015, ["GM0241"]),
        ("GM0282", 2016, ["GM1945"]),
        ("GM0055", 2024, ["GM1940", "GM0074", "GM0080", "GM1900"]),
    ],
)
def test_heirs(code, year, expected):
    assert list(heirs(code, year)) == expected


def test_heirs_name_a_code_once(reference_file):
    rows = [
        "GM9701,A,,Drenthe,,2015-01-01,GM9702;GM9703,",
        "GM9702,B,,Drenthe,,2018-01-01,GM9703,",
        "GM9703,C,,Drenthe,,,,",
    ]
    reference_file("\n".join([HEADING, *rows]))
    assert heirs("GM9701", 2020) == ("GM9703",)


@pytest.mark.parametrize(
    ("code", "after", "until", "names"),
    [
        ("GM0014", 2016, 2024, ["Haren", "Ten Boer"]),
        ("GM0014", 2018, 2019, ["Haren", "Ten Boer"]),
        ("GM0014", 2019, 2024, []),
        ("GM0014", 2012, 2018, []),
        # In the course of 2022.
        ("GM0363", 2021, 2022, []),
        ("GM0363", 2022, 2023, ["Weesp"]),
        ("GM1900", 2012, 2024, ["Boarnsterhim", "Littenseradiel"]),
        ("GM1969", 2016, 2024, ["Grootegast", "Leek", "Marum", "Winsum", "Zuidhorn"]),
        # Only the last step: what became Molenwaard in 2013 is not named.
        ("GM1978", 2012, 2024, ["Giessenlanden", "Molenwaard"]),
        ("GM0599", 2012, 2024, []),
        ("GM9701", 2012, 2024, []),
    ],
)
def test_grew(code, after, until, names):
    assert [gemeente.name for gemeente in grew(code, after, until)] == names


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Delfzijl", "Delfzijl hoort sinds 2021 bij Eemsdelta."),
        ("Weesp", "Weesp hoort sinds 24 maart 2022 bij Amsterdam."),
        ("Littenseradiel", "Littenseradiel is in 2018 verdeeld over Leeuwarden, Súdwest-Fryslân en Waadhoeke."),
        ("Winsum", "Winsum is in 2019 verdeeld over Het Hogeland en Westerkwartier."),
        ("Maasdonk", "Maasdonk is in 2015 verdeeld over 's-Hertogenbosch en Oss."),
        ("het Bildt", "Het Bildt hoort sinds 2018 bij Waadhoeke."),
        # Only the name and the code changed.
        ("GM1921", "De Friese Meren heet sinds 1 juli 2015 De Fryske Marren."),
        ("Groesbeek", "Groesbeek heet sinds 2016 Berg en Dal."),
        ("Rotterdam", ""),
    ],
)
def test_merger_text(name, sentence):
    (gemeente,) = find(name)
    assert merger_text(gemeente) == sentence


# --- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Delfzijl", "nu Eemsdelta"),
        ("Haaren", "verdeeld over Boxtel, Oisterwijk, Tilburg en Vught"),
        ("Littenseradiel", "verdeeld over Leeuwarden, Súdwest-Fryslân en Waadhoeke"),
    ],
)
def test_where_now(name, text):
    assert gemeenten.where_now(gemeenten.find(name)[0].code) == text


def test_a_missing_file_is_said_in_dutch(reference_file):
    with pytest.raises(WijkdataError, match=r"gemeenten\.csv ontbreekt in data/reference; zet het bestand terug\."):
        every()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# alleen een bron\n",
        HEADING,
        "code,name\nGM0363,Amsterdam",
        f"{HEADING}\nGM0363,Amsterdam",
        f"{HEADING}\n363,Amsterdam,,Noord-Holland,,,,",
        f"{HEADING}\nGM0457,Weesp,,Noord-Holland,,24-3-2022,GM0457,",
        f"{HEADING}\nGM0457,Weesp,,Noord-Holland,,2022-03-24,,",
        f"{HEADING}\nGM0457,Weesp,,Noord-Holland,,2022-03-24,GM0363,",
        f"{HEADING}\nGM0363,Amsterdam,,Noord-Holland,,,,\nGM0363,Amsterdam,,Noord-Holland,,,,",
    ],
)
def test_a_damaged_file_is_said_in_dutch(reference_file, text):
    reference_file(text)
    with pytest.raises(WijkdataError, match="is beschadigd; zet het bestand terug"):
        every()
