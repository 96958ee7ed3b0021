"""Known rises that a user gives: each row is one rise, whatever cannot be read is one sentence, and nothing is dropped in silence."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.signal_stores import FOCUS
from wijkdata import limits
from wijkdata.analysis.signals.backtest import in_use
from wijkdata.analysis.signals.watch import Rule
from wijkdata.areas import Level
from wijkdata.errors import InputError
from wijkdata.loading.figures import panels
from wijkdata.questions.shared import watching
from wijkdata.questions.signalen import events, question
from wijkdata.questions.signalen.answer import KnownEvent, Scope
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers
from wijkdata.views.signalen import words

HERE, JEUGD = "WK970108", "meldingen_jeugd"
RISE = KnownEvent(HERE, 202203, 202303)


def read(monitor: versions.Monitor, path: Path, content: str) -> tuple[KnownEvent, ...]:
    path.write_text(content, encoding="utf-8")
    return events.read(monitor, panels.read(path), path.name, FOCUS)


@pytest.fixture(scope="module")
def monitor(example_data: Path) -> versions.Monitor:
    return versions.require(example_data)


@pytest.mark.parametrize(
    ("content", "rises"),
    [
        ("gebied;van;tot\nHavenmeesterij;2022-03;2023-03\n", (RISE,)),
        ("area,from,to\nWK970108,2022-03-15,2023-03-01\n", (RISE,)),
        ("Gebied;Van;Tot\n" + "Havenmeesterij;2022-03;2023-03\n" * 300, (RISE,)),
        ("gebied;van;tot;categorie\nHavenmeesterij;2022-03;2023-03;meldingen over jeugd\n", (KnownEvent(HERE, 202203, 202303, JEUGD),)),
        ("gebied;van;tot;categorie\nHavenmeesterij;2022-03;2023-03;MELDINGEN_JEUGD\n", (KnownEvent(HERE, 202203, 202303, JEUGD),)),
        ("gebied;van;tot;categorie\nHavenmeesterij;2022-03;2023-03;\n", (RISE,)),
    ],
    ids=["names", "codes and days", "the same row often", "as on the page", "as in the catalogue", "no category"],
)  # fmt: skip
def test_a_row_is_a_rise(monitor, tmp_path, content, rises):
    assert read(monitor, tmp_path / "gebeurd.csv", content) == rises


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b,c\n1,2,3\n", "de kolom gebied ontbreekt; geef een tabel met de kolommen gebied, van en tot"),
        ("gebied,van,tot\n", "er staan geen rijen in"),
        ("gebied,van,tot\nNergenshuizen,2022-03,2022-04\n", "rij 2, kolom gebied: dit gebied komt in de reeks niet voor"),
        ("gebied,van,tot\n<script>alert(1)</script>,2022-03,2022-04\n", "(gevonden: ‘<script>alert(1)</script>’)"),
        ("gebied,van,tot\nHavenmeesterij,2023-03,2022-04\n", "rij 2, kolom tot: het einde ligt vóór het begin"),
        ("gebied,van,tot\nHavenmeesterij,1800-01,2022-04\n", "rij 2, kolom van: dit is geen periode zoals in de reeks"),
        ("gebied,van,tot\nHavenmeesterij,2022-01,2999-01\n", "rij 2, kolom tot: dit is geen periode zoals in de reeks"),
        ("gebied,van,tot,categorie\nHavenmeesterij,2022-01,2022-02,onzin\n", "rij 2, kolom categorie: dit onderwerp komt in de reeks niet voor"),
        ("gebied,van,tot\n" + "Havenmeesterij,2022-01,2022-02\n" * (limits.RISES + 1), "er staan 5.001 rijen in; geef hooguit 5.000 stijgingen"),
    ],
    ids=["other columns", "no rows", "unknown area", "markup", "end before begin", "1800", "2999", "unknown topic", "too many"],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(monitor, tmp_path, content, said):
    with pytest.raises(InputError) as refused:
        read(monitor, tmp_path / "gebeurd.csv", content)
    text = str(refused.value)
    assert said in text and text.startswith("gebeurd.csv") and text.endswith(".") and "\n" not in text


@pytest.mark.parametrize(
    ("known", "rises", "found"),
    [
        ((RISE,), 1, 1),  # both sources show it
        ((KnownEvent(HERE, 202203, 202303, JEUGD),), 1, 1),
        ((RISE, KnownEvent(HERE, 201901, 201903)), 2, 1),
        ((RISE, replace(RISE, indicator=JEUGD)), 2, 2),  # two rows are two rises
    ],
)
def test_a_rise_that_two_sources_show_is_one_rise(monitor, known, rises, found):
    (one,) = watching.seen(monitor, FOCUS, Level.WIJK, 4.0)
    seen = (one, replace(one, table=replace(one.table, source="other")))
    tests = watching.tested(seen, {each.table.source: events.placed(each, known) for each in seen})
    used = in_use(tests, Rule(limit=4.0))
    assert (used.rises, len(used.leads)) == (rises, found)
    assert events.outside(seen, known) == 0


@pytest.mark.parametrize(
    ("known", "rises", "beyond", "said"),
    [
        ((RISE,), 1, 0, ""),
        ((RISE, KnownEvent(HERE, 209801, 209805)), 1, 1, "1 daarvan gaat over een gebied, een onderwerp of maanden die hier niet zijn gevolgd"),
        ((KnownEvent("BU97010801", 202203, 202303), KnownEvent(HERE, 195001, 195005)), 0, 2, "2 daarvan gaan"),
    ],
    ids=["one rise over several topics and sources", "in the future", "a buurt among wijken, and long ago"],
)  # fmt: skip
def test_as_many_are_counted_as_were_given(example_data, monitor, known, rises, beyond, said):
    scope = Scope(FOCUS, Level.WIJK, 4.0, known)
    price = question.answer(registers.current(example_data), monitor, monitor.catalogue, scope, date(2025, 1, 15)).price
    assert (price.used.rises, price.beyond) == (rises, beyond)
    assert said in words.price_lead(price) and ("daarvan" in words.price_lead(price)) is bool(beyond)
