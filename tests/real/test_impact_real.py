"""Voor en na on the real Leefbaarometer of 2002-2022: the two programmes are refused, one wijk can be answered."""

import pytest

from wijkdata import catalogue
from wijkdata.loading.figures import importer
from wijkdata.questions.voor_en_na import choices as voor_en_na_choices
from wijkdata.questions.voor_en_na.answer import Answered, Refused, Request, Wanted
from wijkdata.questions.voor_en_na.question import impact
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers

CATALOGUE = catalogue.load()


@pytest.fixture(scope="module")
def world(shared, tmp_path_factory):
    directory = tmp_path_factory.mktemp("echt")
    files = [
        shared / "lbm3-wijken-2002-2022" / "Leefbaarometer-scores wijken 2002-2022.csv",
        shared / "kwb2020-84799NED-v3" / "cbs.v3.84799NED_TypedDataSet.parquet",
        shared / "pdok-wijken-2024" / "wijken_2024.geojson",
    ]
    importer.import_files(files, directory, CATALOGUE)
    return registers.current(directory), versions.require(directory)


def asked(world, kind, id, topic, areas=(), begin=0):
    wanted = Wanted(kind, id, areas, begin)
    first = voor_en_na_choices.measured(*world, CATALOGUE, wanted, topic).default_first
    return impact(*world, CATALOGUE, Request(wanted, topic, first or 9999))


@pytest.mark.parametrize(
    ("programme", "topic", "key", "reason", "remedy"),
    [
        # The score was measured in 2002, and then in 2008: after 22 March 2007.
        (
            "krachtwijken",
            "lbm3_score",
            "few_before",
            "maar 1 meting (2002)",
            "Geen enkel onderwerp dat hier is ingelezen",
        ),
        ("krachtwijken", "lbm3_soc", "start_outside", "Van vóór de start (22 maart 2007) is er geen meting", "ouder"),
        # July 2022: the last wave is that of 2022, whose reference day is not after the start.
        ("nplv", "lbm3_score", "start_outside", "Na de start (4 juli 2022) is er nog geen meting", "meting van 2024"),
        ("nplv", "lbm3_onv", "start_outside", "Na de start (4 juli 2022) is er nog geen meting", "meting van 2024"),
    ],
)
def test_the_programmes_are_refused_with_what_would_help(world, programme, topic, key, reason, remedy):
    answer = asked(world, "programma", programme, topic)
    assert answer.refusal.key == key
    assert reason in answer.refusal.reason
    assert remedy in answer.refusal.remedy
    assert isinstance(answer, Refused)
    # The bare lines are shown all the same.
    assert len(answer.head.moments) == (8 if topic == "lbm3_score" else 4)
    assert all(one.treated == one.treated for one in answer.head.moments)


def test_one_wijk_among_the_whole_country(world):
    answer = asked(world, "wijken", "", "lbm3_score", ("WK059908",), 2017)
    assert isinstance(answer, Answered)
    assert answer.head.first_after == 2018
    assert [one.year for one in answer.head.moments] == [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022]
    finding = answer.finding
    assert finding.inference.placebos == 199
    assert finding.inference.interval[0] < finding.estimate < finding.inference.interval[1]
    assert finding.own.absolute - finding.otherwise.absolute == pytest.approx(finding.estimate, abs=1e-12)
    # Every real wijk is either compared with, or left out for a reason that is counted.
    assert sum(one.n for one in answer.sections.pool.left_out) > 2000
