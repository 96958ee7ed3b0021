"""SES-WOA and Nabijheid as OData v3."""

import json

import pytest
from bad_files import NEARNESS, NEARNESS_NAME, SES_ODATA

from wijkdata import catalogue, sources
from wijkdata.errors import QuestionError
from wijkdata.sources.publishers.cbs_odata import _nearness_names
from wijkdata.sources.reading.base import Context


def read(content, folder, name, **context):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return sources.read(path, Context(catalogue.load(), **context))


def values(reading):
    rows = reading.observations.dropna(subset="value")
    return {(row.code, row.indicator, row.period): row.value for row in rows.itertuples(index=False)}


def test_ses_over_years(tmp_path):
    reading = read(SES_ODATA, tmp_path, "ses.csv")

    assert values(reading) == {
        ("WK970101", "ses_woa", 2019): -0.022,
        ("WK970101", "ses_woa", 2020): -0.019,
        ("WK970101", "ses_welvaart", 2019): 0.012,
        ("WK970101", "opleiding_laag", 2019): 12.9,
        ("WK970101", "opleiding_laag", 2020): 12.7,
        ("WK970101", "opleiding_midden_ses", 2019): 28.9,
        ("WK970101", "opleiding_midden_ses", 2020): 28.8,
        ("WK970101", "huishoudens_ses", 2019): 2900,
        ("WK970101", "huishoudens_ses", 2020): 2950,
    }
    assert reading.edition.table == "85163NED-2019-2020-GM9701"


def test_one_score_alone_keeps_its_number(tmp_path):
    one = "ID;WijkenEnBuurten;Perioden;GemiddeldeScore_35\n0;WK970101;2019JJ00;0.2\n"

    assert values(read(one, tmp_path, "ses.csv")) == {("WK970101", "ses_arbeid", 2019): 0.2}


def test_a_count_belongs_to_the_distance_before_it(tmp_path):
    assert values(read(NEARNESS, tmp_path, NEARNESS_NAME)) == {
        ("WK970101", "afstand_huisarts", 2021): 1.0,
        ("WK970101", "huisarts_binnen_1km", 2021): 1.5,
        ("WK970101", "huisarts_binnen_3km", 2021): 8.3,
        ("WK970101", "afstand_supermarkt", 2021): 0.9,
        ("WK970101", "afstand_middelbare_school", 2021): 2.5,
        ("WK970101", "middelbare_school_binnen_3km", 2021): 3.8,
    }


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (["AfstandTotMuseum_95", "Binnen5Km_96"], ["AfstandTotMuseum", "AfstandTotMuseum:Binnen5Km"]),
        (["AfstandTotMuseum_110", "Binnen5Km_111"], ["AfstandTotMuseum", "AfstandTotMuseum:Binnen5Km"]),
        (["AfstandTotMuseum_95", "Binnen5Km_101"], ["AfstandTotMuseum", "Binnen5Km"]),
        (["Binnen5Km_96"], ["Binnen5Km"]),
        (["AfstandTotSchool_68"], ["AfstandTotSchool:3"]),
        (["AfstandTotSchool_99"], ["AfstandTotSchool_99"]),
        (
            [f"AfstandTotSchool_{number}" for number in (70, 74, 78, 82)],
            [f"AfstandTotSchool:{place}" for place in (1, 2, 3, 4)],
        ),
        (["AfstandTotZiekenhuis_20", "AfstandTotZiekenhuis_24"], ["AfstandTotZiekenhuis:1", "AfstandTotZiekenhuis:2"]),
    ],
)
def test_names_whose_numbers_shift(published, expected):
    assert list(_nearness_names(tuple(published)).values()) == expected


@pytest.mark.parametrize(
    ("name", "about", "year", "table"),
    [
        ("85560NED.json", "", None, "85560NED-GM9701"),
        ("x.json", "https://x.nl/OData/84718NED/$metadata", None, "84718NED-GM9701"),
        ("afstanden_2023.json", "", None, "85830NED-GM9701"),
        ("x.json", "", 2017, "nabijheid-2017-GM9701"),
    ],
)
def test_where_the_year_comes_from(name, about, year, table, tmp_path):
    rows = [{"WijkenEnBuurten": "WK970101", "AfstandTotApotheek_9": 1.2}]
    reading = read(json.dumps({"odata.metadata": about, "value": rows}), tmp_path, name, year=year)

    assert reading.edition.table == table
    assert set(reading.observations["period"]) == {reading.edition.division}


def test_without_a_year_one_question_is_asked(tmp_path):
    with pytest.raises(QuestionError) as question:
        read(NEARNESS, tmp_path, "afstanden.csv")
    assert question.value.asked == "year"


def test_a_column_without_figures_is_not_published_yet(tmp_path):
    empty = NEARNESS.replace("8.3;0.9", "8.3;") + '1;"WK970102  ";;0.5;2;;1.1;2\n'
    rows = read(empty, tmp_path, NEARNESS_NAME).observations.set_index(["indicator", "code"])["reason"]

    assert rows["afstand_supermarkt", "WK970101"] == "not_published"
    assert rows["afstand_huisarts", "WK970102"] == "suppressed"
