"""Participatory budgets become proposed activities: what is asked, where, how many votes. Voters are never read."""

from datetime import date
from decimal import Decimal

import pytest

from wijkdata.loading.activities import reading
from wijkdata.record.fields import ACTIVITY
from wijkdata.sources.publishers import participatory_budget
from wijkdata.store.participation import registers

TODAY = date(2026, 11, 24)
GOOD = (
    "META\nkey;value\ndescription;Buurtgeld\ncountry;Netherlands\nunit;Assen\ninstance;2024\nnum_projects;2\nnum_votes;84\n"
    "budget;100000\ndate_end;15.04.2024\ncurrency;EUR\nPROJECTS\nproject_id;cost;votes;name;category;neighborhood\n"
    "3;7200;43;Podium;Cultuur;Peelo\n9;21000.50;1;\"Tuin; met bankje\";Groen;Other\nVOTES\nvoter_id;vote\nvoter-1;3,9\n"
)  # fmt: skip


def write(folder, text=GOOD, name="begroting.pb"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_proposals_become_ideas_in_the_register(tmp_path):
    checked = reading.read([write(tmp_path)], tmp_path / "data", TODAY)
    assert checked.problems == (), [one.sentence() for one in checked.problems]
    checked.save(tmp_path / "data", TODAY)
    stored = registers.records(tmp_path / "data", ACTIVITY)
    podium, tuin = stored["PB-0106-2024-3"], stored["PB-0106-2024-9"]

    assert podium.values["title"] == "Podium" and tuin.values["title"] == "Tuin; met bankje"
    assert (podium.values["status"], podium.values["kind"]) == ("idee", "bewonersbudget")
    assert tuin.values["cost_asked"] == Decimal("21000.50")
    assert podium.values["start_planned"] == date(2024, 4, 15)
    assert [row["area"] for row in podium.rows["area"]] == ["GM0106"]
    assert [row["contributions"] for row in podium.rows["count"]] == [43]
    assert podium.values["description"] == (
        "Podium. Voorstel in de burgerbegroting ‘Buurtgeld’ (2024): 43 stemmen van 84 stemmers. "
        "Te verdelen: 100.000 euro. Thema: Cultuur. Plek: Peelo. De geplande start is het einde van de stemming."
    )
    assert "1 stem van 84 stemmers" in str(tuin.values["description"])
    assert "Plek" not in str(tuin.values["description"])


def test_the_same_file_again_changes_nothing(tmp_path):
    path = write(tmp_path)
    reading.read([path], tmp_path / "data", TODAY).save(tmp_path / "data", TODAY)
    again = reading.read([path], tmp_path / "data", TODAY)

    assert (again.added, again.changed, again.unchanged) == ((), (), 2)


def test_nothing_of_a_voter_is_read(tmp_path):
    broken_below = GOOD.partition("VOTES\n")[0].encode() + b"VOTES\n\xff\xfe\x00 voter"
    path = tmp_path / "b.pb"
    path.write_bytes(broken_below.replace(b"\x00", b"\xfd"))
    budget = participatory_budget.read(path)

    assert len(budget.projects) == 2
    assert "voter" not in repr(budget).replace("voters=84", "")


BAD = {
    "another country": (GOOD.replace("Netherlands", "Poland"), ("Nederlandse gemeente",)),
    "another currency": (GOOD.replace("EUR", "PLN"), ("in euro's",)),
    "unknown gemeente": (GOOD.replace("unit;Assen", "unit;Verweg"), ("gemeente", "niet bekend", "Verweg")),
    "a dissolved gemeente": (GOOD.replace("unit;Assen", "unit;Aalburg"), ("niet bekend", "Aalburg")),
    "no gemeente": (GOOD.replace("unit;Assen\n", ""), ("niet bekend", "unit")),
    "fewer projects than said": (GOOD.replace("num_projects;2", "num_projects;5"), ("2 projecten", "5")),
    "cut in the projects": (GOOD[: GOOD.index("21000")], ("niet zo breed",)),
    "no projects": (GOOD[: GOOD.index("3;7200")] + "VOTES\n", ("geen projecten",)),
    "no column of costs": (GOOD.replace("project_id;cost", "project_id;prijs"), ("ontbreekt de kolom cost",)),
    "a cost in words": (GOOD.replace("7200", "veel"), ("rij 14", "kolom cost", "geen bedrag", "veel")),
    "a negative cost": (GOOD.replace("7200", "-5"), ("geen bedrag",)),
    "votes in words": (GOOD.replace(";43;", ";veel;"), ("geen aantal stemmen",)),
    "no name": (GOOD.replace("Podium", ""), ("geen naam",)),
    "a number twice": (GOOD.replace("\n9;", "\n3;"), ("rij 15", "twee keer")),
    "no day": (GOOD.replace("date_end;15.04.2024\n", "").replace("instance;2024", "instance;166"), ("wanneer er is gestemd", "date_end")),
    "a day that does not exist": (GOOD.replace("15.04.2024", "31.02.2024"), ("wanneer er is gestemd",)),
    "a phone number": (GOOD.replace("Podium", "Bel 06-12345678"), ("telefoonnummer",)),
    "no end of a line": (GOOD.replace("Podium", "x" * 300_000), ("te lang",)),
    "too many lines": (GOOD.replace("PROJECTS\n", "x;y\n" * 21_000 + "PROJECTS\n"), ("20.000 regels",)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_a_bad_budget_is_refused_in_a_sentence(text, words, tmp_path):
    checked = reading.read([write(tmp_path, text)], tmp_path / "data", TODAY)
    sentence = "\n".join(one.sentence() for one in checked.problems)

    assert checked.problems and all(word in sentence for word in words), sentence


REAL = {
    "netherlands_assen_2024_.pb": ("GM0106", 14, 248_700, 100_000, 84, date(2024, 4, 15)),
    "netherlands_amsterdam_252_.pb": ("GM0363", 85, 1_855_900, 500_000, 8_520, date(2020, 1, 1)),
    "netherlands_amsterdam_166_.pb": ("GM0363", 52, None, 250_000, 426, date(2019, 1, 1)),
}


@pytest.mark.parametrize(("name", "expected"), REAL.items(), ids=REAL)
def test_the_real_budgets_of_assen_and_amsterdam(name, expected, shared, tmp_path):
    gemeente, n, asked, budget, voters, day = expected
    path = shared / "burgerbegroting-assen-amsterdam" / name
    read = participatory_budget.read(path)
    total = sum(one.cost for one in read.projects)

    assert (read.gemeente, len(read.projects), read.budget, read.voters, read.day) == (gemeente, n, budget, voters, day)
    assert asked is None or total == asked
    checked = reading.read([path], tmp_path, TODAY)
    assert checked.problems == (), [one.sentence() for one in checked.problems][:3]
    checked.save(tmp_path, TODAY)
    stored = registers.records(tmp_path, ACTIVITY).values()
    assert len(stored) == n and float(sum(one.values["cost_asked"] for one in stored)) == total
