"""A wide frame becomes observations: the catalogue's columns, rates, ranges, and rows that cannot be used."""

import math
from pathlib import Path

import pandas as pd
import pytest

from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Column, Figure, Form, Indicator, Source
from wijkdata.errors import InputError
from wijkdata.sources.reading.tidy import Layout, area_frame, column_finder, tidy

PATH = Path("cijfers.csv")


def indicator(name, *columns, bounds=None):
    return Indicator(
        id=name,
        title=name.title(),
        short=name,
        description="een verzonnen indicator",
        unit="%",
        unit_kind="percent",
        decimals=1,
        higher_is="neutral",
        role="context",
        evidence="measured",
        series=name,
        range=bounds,
        columns=columns,
    )


def catalogue(*indicators):
    source = Source(
        id="s", publisher="Uitgever", title="Tabel", short="Tabel", licence="CC0", url="", method="geteld",
        evidence="measured",
    )  # fmt: skip
    items = {item.id: item for item in indicators}
    return Catalogue(
        sources={"s": source}, pillars={}, indicators=items, figure=Figure(x=(), y=(), path_x=(), path_y=())
    )


COUNT = indicator("inw", Column(source="s", column="n"), bounds=(0, 1_000_000))
RATE = indicator("druk", Column(source="s", column="k", per="n", factor=1000.0), bounds=(0, 1000))
BOTH = catalogue(COUNT, RATE)


def wide(*rows):
    """(code, n, k) in rows 2, 3, ..., all of 2020."""
    index = pd.RangeIndex(2, len(rows) + 2, name="row")
    return pd.DataFrame(rows, columns=["code", "n", "k"], index=index, dtype=object).assign(period=2020)


def found(tidied, name):
    part = tidied.observations[tidied.observations["indicator"] == name]
    return {row.code: row.reason if math.isnan(row.value) else row.value for row in part.itertuples()}


@pytest.mark.parametrize(
    ("n", "k", "expected"),
    [
        ("500", "20", 40.0),
        ("500", "0", 0.0),
        ("0", "0", "few_residents"),
        ("0", "5", "few_residents"),
        (".", "5", "suppressed"),
        ("500", ".", "suppressed"),
        ("0", ".", "suppressed"),
        ("500", "-99997", "suppressed"),
        ("", "5", "not_covered"),
        ("5", "10", "few_residents"),
    ],
)
def test_a_rate_is_count_over_population_or_missing_with_a_reason(n, k, expected):
    assert found(tidy(wide(("WK970101", n, k)), BOTH, Layout("s"), PATH), "druk") == {"WK970101": expected}


def test_an_impossible_rate_of_rounded_counts_is_said_aloud():
    tidied = tidy(wide(("WK970101", "5", "10")), BOTH, Layout("s"), PATH)

    assert found(tidied, "inw") == {"WK970101": 5.0}
    assert tidied.notes == ("druk is in 1 gebied niet te berekenen: de aantallen zijn te klein en afgerond.",)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("WATER", "5", "0"), "geen gebiedscode"),
        (("", "5", "0"), "geen gebiedscode"),
        (("WK099899", "5", "0"), "boekhoudregio"),
        (("GM9999", "5", "0"), "boekhoudregio"),
        (("WK970102", "veel", "0"), "geen getal"),
        (("WK970102", "=2+3", "0"), "geen getal"),
        (("WK970102", "-5", "0"), "hoort tussen 0 en 1.000.000 te liggen"),
        (("WK970101", "500", "20"), "staat er twee keer"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_reason(row, problem):
    tidied = tidy(wide(("WK970101", "500", "20"), row), BOTH, Layout("s"), PATH)

    assert tidied.rejected["row"].tolist() == [3]
    assert problem in tidied.rejected["problem"][0]
    assert found(tidied, "inw") == {"WK970101": 500.0}


def test_rows_that_contradict_each_other_are_all_rejected():
    tidied = tidy(
        wide(("WK970101", "500", "20"), ("WK970101", "501", "20"), ("WK970102", "7", "0")), BOTH, Layout("s"), PATH
    )

    assert tidied.rejected["row"].tolist() == [2, 3]
    assert found(tidied, "inw") == {"WK970102": 7.0}


@pytest.mark.parametrize(
    ("raw", "level", "code"),
    [
        ("WK970101  ", None, "WK970101"),
        ("2024BU97010101", None, "BU97010101"),
        ("BU0363AA01", None, "BU0363AA01"),
        ("6290100", Level.BUURT, "BU06290100"),
        ("3", Level.GEMEENTE, "GM0003"),
        ("970101", Level.WIJK, "WK970101"),
    ],
)
def test_codes_come_in_many_shapes(raw, level, code):
    assert found(tidy(wide((raw, "5", "0")), BOTH, Layout("s", level=level), PATH), "inw") == {code: 5.0}


def test_a_code_of_another_level_than_the_column_holds_is_rejected():
    tidied = tidy(wide(("WK970101", "5", "0"), ("BU97010101", "5", "0")), BOTH, Layout("s", level=Level.WIJK), PATH)

    assert tidied.rejected["row"].tolist() == [3]


def test_the_edition_picks_the_column():
    moved = catalogue(indicator("woz", Column(source="s", column="k", editions={"2019": "n"})))
    frame = wide(("WK970101", "300", "20"))

    assert found(tidy(frame, moved, Layout("s", edition=2019), PATH), "woz") == {"WK970101": 300.0}
    assert found(tidy(frame, moved, Layout("s", edition=2020), PATH), "woz") == {"WK970101": 20.0}


@pytest.mark.parametrize(
    ("unit_kind", "decimals", "over_areas", "expected"),
    [
        ("other", 0, "never", 2850.0),  # kWh
        ("people", 0, "sum", 2850.0),
        ("people", 0, "never", 2850.0),  # per km²
        ("other", 1, "never", 2.85),
        ("euro", 0, "never", 2.85),  # in thousands, and there are parts of a thousand
        ("percent", 0, "never", 2.85),
    ],
)
def test_in_whole_numbers_a_point_stands_for_thousands(unit_kind, decimals, over_areas, expected):
    changes = {"unit_kind": unit_kind, "decimals": decimals, "over_areas": over_areas}
    item = Indicator.model_validate({**indicator("stroom", Column(source="s", column="n")).model_dump(), **changes})
    tidied = tidy(wide(("WK970101", "2.850", ""), ("WK970102", "920", "")), catalogue(item), Layout("s"), PATH)

    assert found(tidied, "stroom")["WK970101"] == expected
    assert any(("duizendtallen" if expected > 100 else "decimaalteken") in note for note in tidied.notes)


def test_of_two_columns_for_one_indicator_the_first_there_counts():
    twice = catalogue(
        indicator(
            "dd", Column(source="s", column="absent"), Column(source="s", column="n"), Column(source="s", column="k")
        )
    )

    assert found(tidy(wide(("WK970101", "1", "2")), twice, Layout("s"), PATH), "dd") == {"WK970101": 1.0}


def test_the_reason_of_an_empty_cell_comes_from_the_reader():
    frame = wide(("WK970101", "", "."), ("WK970102", "", "5"))
    reasons = {"n": pd.Series(["not_published", "few_residents"], index=frame.index)}
    tidied = tidy(frame, BOTH, Layout("s"), PATH, reasons=reasons)

    assert found(tidied, "inw") == {"WK970101": "not_published", "WK970102": "few_residents"}
    assert found(tidied, "druk") == {"WK970101": "suppressed", "WK970102": "few_residents"}
    assert tidied.notes == ("Leeg in dit bestand: inw en druk.",) or "inw" in tidied.notes[0]


def test_no_known_column_is_refused():
    with pytest.raises(InputError, match=r"cijfers\.csv: geen enkele kolom .*verwacht wordt een van k, n"):
        tidy(wide(("WK970101", "1", "2")).drop(columns=["n", "k"]), BOTH, Layout("s"), PATH)


def test_area_names_are_trimmed_and_never_empty_text():
    frame = area_frame(pd.DataFrame({"code": ["A", "B", "B", "C"], "name": [" Aa en Hunze ", "", "x", None]}))

    assert frame["code"].tolist() == ["A", "B", "C"]
    assert frame["name"].tolist() == ["Aa en Hunze", None, None]
    assert frame["change"].isna().all()
    assert not frame["water"].any()


@pytest.mark.parametrize(
    ("form", "column", "header", "found"),
    [
        ("statline", "Koopwoningen (%)", "Wonen/Woningen naar eigendom/Koopwoningen (%)", True),
        ("statline", "Koopwoningen (%)", "Koopwoningen (%)", True),
        ("statline", "Buiten Europa (aantal)", "Herkomstland/Buiten Europa  (aantal)", True),
        ("statline", "woningen (%)", "Wonen/Woningen naar eigendom/Koopwoningen (%)", False),
        ("statline", "Koopwoningen (%)", "Wonen/Koopwoningen (aantal)", False),
        ("xls", "p_koopw", "p_koopw", True),
        ("xls", "koopw", "p_koopw", False),
    ],
)
def test_a_header_is_known_by_the_end_of_its_path(form, column, header, found):
    assert (column_finder([header], Form(form))(column) == header) is found
