"""What a view that was collected elsewhere needs and is not here."""

import pytest

from wijkdata import catalogue
from wijkdata.questions.shared import viewing
from wijkdata.questions.shared.viewing import Absent, Kind
from wijkdata.record.workbench import View
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers

HERE = "gemeente=GM9701"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (f"wijkprofiel?{HERE}&wijk=WK970104&onderwerp=lbm3_afw", ()),
        (f"kaart?{HERE}&onderwerp=pijler:fysiek&vergelijk=WK970104,WK970106", ()),
        ("voor-en-na?activiteit=VB-01", ()),
        ("uitleg", ()),
        ("overzicht?gemeente=GM0193", (Absent(Kind.AREA, "Zwolle"),)),
        (f"kaart?{HERE}&vergelijk=WK970104,WK019311", (Absent(Kind.AREA, "WK019311"),)),
        (f"kaart?{HERE}&onderwerp=eigen_bomen", (Absent(Kind.TOPIC, "eigen_bomen"),)),
        ("voor-en-na?activiteit=ELDERS-1", (Absent(Kind.ACTIVITY, "ELDERS-1"),)),
        ("kaart?gemeente=GM0193&onderwerp=eigen_bomen", (Absent(Kind.AREA, "Zwolle"), Absent(Kind.TOPIC, "eigen_bomen"))),
    ],
)  # fmt: skip
def test_what_is_not_here_is_said_per_view(link, expected, example_data):
    monitor = versions.require(example_data)
    asked = registers.current(example_data), monitor, catalogue.load(), (View(link, "x"),)
    assert viewing.absent(*asked) == (expected,)


def test_a_topic_without_figures_here_is_another_thing_than_an_unknown_one(example_data):
    monitor, known = versions.require(example_data), catalogue.load()
    (missing,) = viewing.absent(
        registers.current(example_data),
        monitor,
        known,
        (View(f"kaart?{HERE}&onderwerp={_unread(monitor, known)}", "x"),),
    )
    assert [one.kind for one in missing] == [Kind.FIGURES_OF_TOPIC]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (f"kloof?{HERE}", True),
        ("wijkprofiel?wijk=WK970104", True),
        ("kaart?gemeente=GM0193&vergelijk=WK019311", False),
        ("voor-en-na?activiteit=VB-01", True),
        ("voor-en-na?activiteit=ELDERS-1", False),
        ("uitleg?zoek=fictief", False),
    ],
)
def test_a_view_is_invented_by_its_codes_or_its_activity(link, expected, example_data):
    asked = registers.current(example_data), versions.require(example_data), catalogue.load()
    assert viewing.fictional(*asked, (View(link, "Vlierstede (fictief)", "fictief"),)) == (expected,)


def test_without_figures_every_view_says_so(tmp_path):
    views = View("kaart", "x"), View("voor-en-na?activiteit=a", "y")
    said = viewing.absent(registers.current(tmp_path), None, catalogue.load(), views)
    assert said == ((Absent(Kind.FIGURES),), (Absent(Kind.ACTIVITY, "a"), Absent(Kind.FIGURES)))


def _unread(monitor, known):
    """A topic of which the example has nothing."""
    from wijkdata.questions.shared import topics

    here = set(topics.coverage_on_map(monitor, "GM9701")["indicator"])
    return next(name for name in known.indicators if name not in here)
