"""`links`, `link`, `gemeenten` and `upgrade` on the command line: the same answers as the pages, one sentence for a slip."""

import csv
import io
import json

import pytest

from tests.links_examples import BEFORE, File, town, wijk
from wijkdata import __main__ as command_line
from wijkdata.store.monitor import versions

HEADER = "code_from,year_from,name_from,code_to,year_to,name_to,class,share_from,share_to,evidence,conversion"
EEMS = [
    File(2016, [("WK001005", "Farmsum", (30, 30, 32, 32))], table="delfzijl"),
    File(2024, [("WK197901", "Farmsum", (30, 30, 32, 32))], table="eemsdelta"),
]
IN_2020 = File(2020, [(wijk(1), "Hempens", (0, 0, 2, 2)), (wijk(4), "Ver", (6, 0, 8, 2))], table="tussen", whole=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("koppelingen")
    town(folder, *EEMS, IN_2020)
    return folder


def run(capsys, data, *arguments):
    capsys.readouterr()
    status = command_line.main(["--data-dir", str(data), *map(str, arguments)])
    streams = capsys.readouterr()
    return status, streams.out, streams.err


def rows(capsys, data, *arguments):
    status, out, err = run(capsys, data, "links", *arguments)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == HEADER
    return list(csv.DictReader(io.StringIO(out)))


def refused(capsys, data, *arguments):
    status, out, err = run(capsys, data, *arguments)
    assert (status, out) == (2, ""), (status, out[:200], err)
    assert err.count("\n") == 1 and "Traceback" not in err
    return err


# --- links ----------------------------------------------------------------------------------------------------------


def test_the_csv_holds_every_link_to_the_areas_of_now(capsys, data):
    found = rows(capsys, data)
    assert {row["code_from"] for row in found} == {code for code, *_ in BEFORE} | {"WK001005"}
    assert {row["year_from"] for row in found} == {"2016", "2020"} and {row["year_to"] for row in found} == {"2024"}
    kern = next(row for row in found if row["code_from"] == wijk(8))
    assert {name: kern[name] for name in ("name_from", "code_to", "name_to", "class", "evidence")} == {
        "name_from": "Kern",
        "code_to": wijk(9),
        "name_to": "Kern",
        "class": "B",
        "evidence": "grens",
    }
    assert float(kern["share_from"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        pytest.param(["--gemeente", "GM1979"], {"WK001005"}, id="a gemeente by code"),
        pytest.param(["--gemeente", "Eemsdelta"], {"WK001005"}, id="by name"),
        pytest.param(["--gemeente", "Delfzijl"], {"WK001005"}, id="a dissolved one by name"),
        pytest.param(["--gemeente", "GM0010"], {"WK001005"}, id="a dissolved one by code"),
        pytest.param(["--gemeente", "Den Haag"], {code for code, *_ in BEFORE}, id="by its usual name"),
        pytest.param(["--from", 2020], {wijk(1), wijk(4)}, id="from a year"),
        pytest.param(["--from", 2020, "--to", 2024], {wijk(1), wijk(4)}, id="from and to"),
        pytest.param(["--from", 2016, "--gemeente", "eemsdelta"], {"WK001005"}, id="both"),
        pytest.param(["--level", "buurt"], set(), id="a level of which there is only one division"),
        pytest.param(["--from", 2016, "--to", 2020], {wijk(1), wijk(4)}, id="to a year of before"),
        pytest.param(["--from", 2016, "--to", 2020, "--gemeente", "Delfzijl"], set(), id="to a year of before, elsewhere"),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_what_is_given(capsys, data, arguments, codes):
    assert {row["code_from"] for row in rows(capsys, data, *arguments)} == codes


def test_to_a_year_of_before_the_areas_of_that_year_are_named(capsys, data):
    found = {row["code_from"]: row for row in rows(capsys, data, "--from", 2016, "--to", 2020, "--level", "wijk")}
    assert (found[wijk(4)]["code_to"], found[wijk(4)]["year_to"], found[wijk(4)]["class"]) == (wijk(4), "2020", "A")
    assert found[wijk(1)]["name_to"] == "Hempens", "and not Heechterp, as it is called now"


def test_a_division_beside_itself_is_every_area_beside_itself(capsys, data):
    found = rows(capsys, data, "--from", 2016, "--to", 2016, "--level", "wijk")

    assert {row["code_from"] for row in found} >= {wijk(1), "WK001005"}
    assert all((row["code_from"], row["class"]) == (row["code_to"], "A") for row in found)


@pytest.mark.parametrize("asked", [["--json"], ["--format", "json"]])
def test_the_json_is_the_same_table(capsys, data, asked):
    status, out, _ = run(capsys, data, "links", *asked)
    told = json.loads(out)["links"]
    table = rows(capsys, data)
    assert status == 0 and list(told[0]) == HEADER.split(",")
    assert [row["code_from"] for row in told] == [row["code_from"] for row in table]
    assert [row["share_from"] for row in told] == [
        float(row["share_from"]) if row["share_from"] else None for row in table
    ]


def test_a_name_that_looks_like_a_formula_is_text_in_a_spreadsheet(capsys, tmp_path):
    before = File(2016, [(wijk(1), "=1+1", (0, 0, 2, 2))], table="toen")
    after = File(2024, [(wijk(2), "=1+1", (0, 0, 2, 2))], table="nu")
    town(tmp_path, before, after)

    found = {(row["name_from"], row["name_to"]) for row in rows(capsys, tmp_path, "--from", 2016, "--level", "wijk")}

    assert ("'=1+1", "'=1+1") in found
    assert not any(name.startswith("=") for pair in found for name in pair)


def test_it_is_written_to_a_file(capsys, data, tmp_path):
    status, out, _ = run(capsys, data, "links", "-o", tmp_path / "koppelingen.csv")
    lines = (tmp_path / "koppelingen.csv").read_text(encoding="utf-8").splitlines()
    assert status == 0 and lines[0] == HEADER
    assert f"{len(lines) - 1} koppelingen geschreven" in out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--from", 1999], id="from an unknown year"),
        pytest.param(["--to", 1999], id="to an unknown year"),
        pytest.param(["--from", 2016, "--to", 1999], id="to an unknown year, from a known one"),
        pytest.param(["--from", 1999, "--to", 2020], id="from an unknown year to a known one"),
        pytest.param(["--from", 1999, "--to", 2024], id="from an unknown year to that of now"),
        pytest.param(["--to", 1999, "--level", "wijk"], id="to an unknown year of one level"),
        pytest.param(["--gemeente", "Luilekkerland"], id="no gemeente"),
        pytest.param(["--gemeente", "GM4321"], id="a code that never was"),
        pytest.param(["--gemeente", "WK051801"], id="a wijk for a gemeente"),
        pytest.param(["--gemeente", ""], id="an empty name"),
        pytest.param(["--from", "oud"], id="a word for a year"),
        pytest.param(["--level", "straat"], id="no level"),
    ],
)
def test_what_is_not_there_is_one_sentence(capsys, data, arguments):
    err = refused(capsys, data, "links", *arguments)
    assert "[" not in err, "years are named as in a sentence"


@pytest.mark.parametrize(
    "command", [["links"], ["link", "WK051801", 2016, "WK051802", 2024, "--reason", "zomaar iets"]]
)
def test_without_data_it_is_one_sentence(capsys, tmp_path, command):
    assert "nog geen gegevens" in refused(capsys, tmp_path, *command)


# --- one area, unions -----------------------------------------------------------------------------------------------


def csv_of(capsys, data, *arguments):
    status, out, err = run(capsys, data, "links", *arguments)
    assert (status, err) == (0, "")
    return list(csv.DictReader(io.StringIO(out)))


def test_every_link_says_whether_a_figure_goes_over(capsys, data):
    found = {(row["code_from"], row["code_to"]): row["conversion"] for row in rows(capsys, data, "--from", 2016)}
    assert found[wijk(8), wijk(9)] == "converted"
    assert found[wijk(3), wijk(6)] == "irreversible"
    assert found[wijk(10), wijk(10)] == "not_convertible"


def test_the_way_of_an_area_is_exported_with_its_weights(capsys, data):
    found = csv_of(capsys, data, "--way", wijk(6))
    assert [(row["year_from"], row["code_from"], row["year_to"], row["class"]) for row in found] == [
        ("2016", wijk(3), "2024", "D")
    ]
    assert float(found[0]["weight"]) == pytest.approx(0.75)


def test_the_unions_of_a_gemeente_are_exported_with_the_years_in_which_they_are_certain(capsys, data):
    found = csv_of(capsys, data, "--unions", "--gemeente", "Den Haag", "--from", 2016)
    split = next(row["union"] for row in found if row["code"] == wijk(3))
    assert {(row["year"], row["code"], row["certain"]) for row in found if row["union"] == split} == {
        ("2016", wijk(3), "true"), ("2024", wijk(6), "true"), ("2024", wijk(7), "true"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [["--way", "Hempens"], ["--way", "GM0518"], ["--way", wijk(77)], ["--way", wijk(3), "--to", 2024], ["--unions"]],
)
def test_a_way_or_union_that_cannot_be_is_one_sentence(capsys, data, arguments):
    refused(capsys, data, "links", *arguments)


# --- link -----------------------------------------------------------------------------------------------------------


def test_a_decision_is_kept_and_exported_with_its_reason(capsys, tmp_path):
    town(tmp_path, *EEMS, IN_2020)
    reason = "Alleen het park ging eraf; zie besluit 12, blad 3"
    status, out, err = run(capsys, tmp_path, "link", wijk(3), 2016, wijk(6), 2024, "--reason", reason)
    assert (status, err) == (0, "")
    assert out == f"Vastgelegd: {wijk(3)} (2016) is hetzelfde gebied als {wijk(6)} (2024).\n"
    found = [row for row in rows(capsys, tmp_path) if row["code_from"] == wijk(3)]
    assert [(row["code_to"], row["class"], row["evidence"]) for row in found] == [(wijk(6), "B", f"besluit: {reason}")]


def test_another_area_is_said_so_also_in_json(capsys, tmp_path):
    town(tmp_path)
    status, out, _ = run(
        capsys, tmp_path, "link", wijk(4).lower(), 2016, wijk(4), 2024, "--other", "--reason", "Heel anders", "--json"
    )
    assert status == 0 and json.loads(out) == {"ok": True, "stamp": versions.require(tmp_path).stamp}
    assert {row["class"] for row in rows(capsys, tmp_path) if row["code_from"] == wijk(4)} == {"X"}


def test_a_decision_to_a_year_of_before_is_exported_with_its_reason(capsys, tmp_path):
    town(tmp_path, IN_2020)
    run(capsys, tmp_path, "link", wijk(3), 2016, wijk(1), 2020, "--reason", "Zelfde straten")
    found = [row for row in rows(capsys, tmp_path, "--from", 2016, "--to", 2020) if row["code_from"] == wijk(3)]
    assert [row["evidence"] for row in found] == ["besluit: Zelfde straten"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        pytest.param([wijk(3), 2016, wijk(6), 2024], "reason", id="no reason"),
        pytest.param([wijk(3), 2016, wijk(6), 2024, "--reason", "  "], "waarom", id="an empty reason"),
        pytest.param(
            ["Groot", 2016, wijk(6), 2024, "--reason", "zelfde straten"], "geen gebiedscode", id="a name for a code"
        ),
        pytest.param([wijk(77), 2016, wijk(6), 2024, "--reason", "zelfde straten"], wijk(77), id="an unknown area"),
        pytest.param(
            [wijk(3), 2016, "BU05180600", 2024, "--reason", "zelfde straten"], "van wijk naar wijk", id="another level"
        ),
        pytest.param(
            [wijk(3), "toen", wijk(6), 2024, "--reason", "zelfde straten"], "year_from", id="a word for a year"
        ),
    ],
)
def test_a_decision_that_cannot_be_is_one_sentence_and_changes_nothing(capsys, data, arguments, word):
    before = versions.files(data)
    assert word in refused(capsys, data, "link", *arguments)
    assert versions.files(data) == before


# --- gemeenten, upgrade ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Den Haag", "GM0518  's-Gravenhage (Den Haag), Zuid-Holland."),
        ("Den Bosch", "GM0796  's-Hertogenbosch (Den Bosch), Noord-Brabant."),
        ("Delfzijl", "GM0010  Delfzijl, Groningen. Delfzijl hoort sinds 2021 bij Eemsdelta."),
        ("gm0010", "GM0010  Delfzijl, Groningen. Delfzijl hoort sinds 2021 bij Eemsdelta."),
    ],
)
def test_a_gemeente_is_found_without_any_data(capsys, tmp_path, name, line):
    assert run(capsys, tmp_path, "gemeenten", name) == (0, f"{line}\n", "")
    assert list(tmp_path.iterdir()) == []


def test_a_gemeente_as_json(capsys, tmp_path):
    status, out, _ = run(capsys, tmp_path, "gemeenten", "Delfzijl", "--json")
    assert status == 0
    assert json.loads(out)["gemeenten"] == [
        {"code": "GM0010", "name": "Delfzijl", "popular": [], "province": "Groningen", "since": None, "until": "2021-01-01",
         "successors": ["GM1979"]}
    ]  # fmt: skip


def test_all_gemeenten_have_a_line(capsys, tmp_path):
    status, out, _ = run(capsys, tmp_path, "gemeenten")
    assert status == 0 and len(out.splitlines()) > 400
    assert (
        sum(
            "hoort sinds" not in line and "verdeeld" not in line and "heet sinds" not in line
            for line in out.splitlines()
        )
        == 342
    )


def test_a_gemeente_that_never_was_is_one_sentence(capsys, tmp_path):
    assert "Luilekkerland" in refused(capsys, tmp_path, "gemeenten", "Luilekkerland")


@pytest.mark.parametrize("empty", [True, False], ids=["no data", "data of this version"])
def test_there_is_nothing_to_upgrade(capsys, data, tmp_path, empty):
    folder = tmp_path if empty else data
    assert run(capsys, folder, "upgrade") == (0, "De gegevens zijn al van deze versie.\n", "")
    assert json.loads(run(capsys, folder, "upgrade", "--json")[1]) == {"ok": True, "upgraded": False}
