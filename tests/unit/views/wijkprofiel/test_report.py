"""The report of an area: small areas and empty ones too, with their reason, in every format."""

from datetime import date
from pathlib import Path

import pytest

from tests.profile_examples import BEST, NOTHING, SMALL, example
from wijkdata import catalogue, dutch
from wijkdata.questions.wijkprofiel import profile
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers
from wijkdata.views.shared.reports import writers
from wijkdata.views.wijkprofiel import report

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("rapport")
    example(place)
    return place


def made(folder: Path, code: str):
    known = catalogue.of(folder)
    found = profile.profile(registers.current(folder), versions.require(folder), known, code, TODAY)
    return report.report(found, known, TODAY)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (BEST, "rust alleen op modelcijfers"),
        (SMALL, "te klein om over de cijfers te oordelen"),
        (NOTHING, dutch.NO_DATA),
    ],
)
def test_every_area_has_a_report_that_says_what_it_cannot(folder, code, said):
    answer = made(folder, code)
    page = writers.write(answer, "html").decode()
    assert said in page or said in answer.title
    for suffix in ("pdf", "docx", "pptx", "xlsx"):
        assert len(writers.write(answer, suffix)) > 3_000


def test_a_figure_is_told_to_its_last_number_and_drawn_as_figures_where_it_is_over_the_years(folder):
    sections = {one.name: one for one in made(folder, BEST).sections}
    assert "10,0 in 2020" in sections["profiel"].figure.alt and sections["profiel"].figure.lines == ()
    pillars = sections["pijlers"].figure
    assert len(pillars.lines) == len(pillars.panels) > 0
    for chart in pillars.lines:
        own = chart.series[0]
        assert own.chosen and all(
            f"{year}: {dutch.number(value)}" in pillars.alt
            for year, value in zip(chart.years, own.values, strict=True)
            if value == value
        )
