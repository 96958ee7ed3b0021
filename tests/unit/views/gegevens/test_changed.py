"""The words, the map and the tables of what changed: counted in Dutch, drawn by what became of each area."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from wijkdata.areas import Level
from wijkdata.questions.gegevens.answer import Became, ChangedAnswer, ChangedFigures, Earlier
from wijkdata.views.gegevens import changed as drawing
from wijkdata.views.gegevens import edition_words as words
from wijkdata.views.shared.theme import DARK, LIGHT, PRESENTING

SNAPSHOT = Earlier("20260312-120000-000000", datetime(2026, 3, 12, 12, tzinfo=UTC))
EDITION = Earlier(
    "uitgave-9", datetime(2026, 3, 12, 12, tzinfo=UTC), "Kerncijfers (CBS)", "2020, stand 26 maart 2021", "a.csv"
)
COLUMNS = ["source_name", "indicator", "short", "unit", "decimals", "period", "when", "new", "revised", "median", "largest", "gone", "final"]  # fmt: skip
KWB = ("Kerncijfers (CBS)", "inwoners", "Inwoners", "inwoners", 0, 2024, "2024", 1_204, 31, 0.4, -30.0, 0, 2)
LBM = ("Leefbaarometer", "lbm3_score", "Leefbaarheid", "score", 2, 2022, "2022", 0, 0, float("nan"), float("nan"), 7, 0)


def answer(*rows, since=SNAPSHOT, name="", fictional=False):
    return ChangedAnswer(since, name, fictional, pd.DataFrame(rows, columns=COLUMNS))


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (answer(KWB), "Sinds 12 maart 2026: 1.204 cijfers nieuw, 31 herzien, 0 vervallen"),
        (answer(KWB, LBM, name="Ede"), "Ede: sinds 12 maart 2026: 1.204 cijfers nieuw, 31 herzien, 7 vervallen"),
        (answer(), "Sinds 12 maart 2026 veranderde er geen enkel cijfer"),
        (
            answer(LBM, since=EDITION),
            "Sinds de uitgave 2020, stand 26 maart 2021: 0 cijfers nieuw, 0 herzien, 7 vervallen",
        ),
    ],
)
def test_the_title_counts(found, title):
    assert words.changed_title(found) == title


def test_each_source_says_what_changed_and_how_much():
    assert words.changed_sources(answer(KWB, LBM)) == [
        (
            "Kerncijfers (CBS).",
            "1.204 nieuw, 31 herzien en 2 definitief geworden.",
            "1 onderwerp, 2024. Het vaakst herzien is Inwoners, 2024: het verschil is in de helft van de gevallen kleiner dan 1, "
            "het grootste is −30 (inwoners).",
        ),
        ("Leefbaarometer.", "7 vervallen.", "1 onderwerp, 2022."),
    ]
    assert words.changed_lead(answer(KWB)).startswith("2 voorlopige cijfers werden definitief. ")


AREAS = pd.DataFrame(
    {
        "before": [5_000.0, 4_000.0, 10.0, float("nan"), 3.0],
        "now": [4_700.0, 4_100.0, 10.0, 8.0, float("nan")],
        "final": [True, False, False, False, False],
        "name": ["West <b>", "Oost", "Noord", "Zuid", "Weg"],
        "municipality_name": "Ede",
        "difference": [-300.0, 100.0, 0.0, float("nan"), float("nan")],
        "became": [Became.LOWER, Became.HIGHER, Became.SAME, Became.NEW, Became.GONE],
    },
    index=[f"WK02280{n}" for n in range(5)],
)
SQUARE = {"type": "Polygon", "coordinates": [[[5, 52], [5, 53], [6, 53], [5, 52]]]}
FEATURES = tuple(
    {"type": "Feature", "properties": {"code": code, "name": code}, "geometry": SQUARE}
    for code in [*AREAS.index, "WK022809"]
)
FIGURES = ChangedFigures(
    *(SNAPSHOT, "Inwoners", "inwoners", 0, "2024", Level.WIJK, "Ede", False, ("Kerncijfers (CBS)",), AREAS),
    *(FEATURES, (((5.0, 52.0), (6.0, 53.0)),), "Wijk- en buurtkaart (CBS), CC BY 4.0, indeling 2024"),
)


@pytest.mark.parametrize("theme", [LIGHT, DARK, replace(LIGHT, k=PRESENTING)], ids=["light", "dark", "presenting"])
def test_the_map_draws_every_area_by_what_became_of_it(theme):
    spec = drawing.chart(FIGURES, theme).to_dict()  # validated against the Vega-Lite schema
    drawn = {
        one["properties"]["code"]: one["properties"]
        for one in json.loads(spec["layer"][0]["data"]["values"])["features"]
    }

    assert {code: (one["became"], round(one["strength"], 2), one["difference"]) for code, one in drawn.items()} == {
        "WK022800": ("lower", 1.0, "−300"),
        "WK022801": ("higher", 0.73, "+100"),
        "WK022802": ("same", 1, "gelijk gebleven"),
        "WK022803": ("new", 1, "nieuw"),
        "WK022804": ("gone", 1, "vervallen"),
        "WK022809": ("none", 0, ""),
    }
    assert len(set(spec["layer"][0]["encoding"]["color"]["scale"]["range"])) == len(Became)


def test_the_words_of_one_figure():
    assert words.figures_title(FIGURES) == (
        "Inwoners, 2024, wijken in Ede: 1 hoger, 1 lager, 1 gelijk gebleven, 1 nieuw en 1 vervallen"
    )
    assert words.figures_lead(FIGURES).endswith("1 cijfer ging van voorlopig naar definitief.")
    assert words.figures_source(FIGURES).text == (
        "Bron: Kerncijfers (CBS), 2024; bewerking wijkdata. Eenheid: inwoners. Grenzen: Wijk- en buurtkaart (CBS), CC BY 4.0, "
        "indeling 2024. n\u00a0=\u00a04 wijken met een cijfer nu."
    )
    assert words.figures_text(FIGURES).endswith("Het grootste verschil: West <b> −300 en Oost +100.")


def test_the_table_of_all_gemeenten_has_only_what_changed():
    everywhere = drawing.areas_table(replace(FIGURES, municipality_name="", features=()))

    assert len(drawing.areas_table(FIGURES)) == len(AREAS)
    assert list(everywhere["Naam"]) == ["West <b>", "Oost", "Zuid", "Weg"]
    assert list(everywhere["Wat"]) == ["lager", "hoger", "nieuw", "vervallen"]
    assert list(everywhere["Voorlopig"]) == ["werd definitief", "", "", ""]
