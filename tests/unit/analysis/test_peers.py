"""Look-alike wijken: who may be one, how near, and why."""

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.peers import look_alikes
from wijkdata.errors import NotFoundError

COLUMNS = ["stedelijkheid", "inwoners", "dichtheid", "eenpersoons", "65_plus", "auto_hh"]
BASE = [2, 8_000, 4_000, 40, 15, 0.8]


def context(**rows):
    """The features by code; the area asked for is always WK001400."""
    return pd.DataFrame.from_dict({"WK001400": BASE, **rows}, orient="index", columns=COLUMNS).astype(float)


# Far enough from the base on every feature to give each a spread.
FAR = {"WK051800": [2, 20_000, 9_000, 60, 8, 0.4], "WK059900": [3, 3_000, 1_500, 20, 25, 1.4]}


def nearest(frame, **more):
    return look_alikes(frame, "WK001400", **more).table["code"].tolist()


def test_the_nearest_comes_first():
    assert nearest(context(WK036300=[2, 8_200, 4_100, 41, 15, 0.8], **FAR))[0] == "WK036300"


@pytest.mark.parametrize(
    ("code", "row", "may"),
    [
        ("WK036300", BASE, True),
        ("WK001401", BASE, False),  # own gemeente
        ("WK036300", [3, *BASE[1:]], True),  # one class of urbanity apart
        ("WK036300", [4, *BASE[1:]], False),
        ("WK036300", [np.nan, *BASE[1:]], False),  # not known to be alike
        ("WK036300", [2, 900, *BASE[2:]], False),  # too few inhabitants
        ("WK036300", [2, np.nan, *BASE[2:]], False),
        ("WK971200", BASE, False),  # fictional
        ("WK099800", BASE, False),  # bookkeeping region
        ("WK036300", [2, 8_000, np.nan, 40, 15, 0.8], True),  # four features shared
        ("WK036300", [2, 8_000, np.nan, np.nan, 15, 0.8], False),  # three
        ("WK036300", [2, 8_000, 0, 40, 15, 0.8], True),  # a density of 0 has no logarithm: left out, not far away
    ],
)
def test_who_may_be_a_look_alike(code, row, may):
    assert (code in nearest(context(**{code: row}, **FAR))) is may


def test_distance_is_the_root_mean_square_over_shared_features():
    frame = context(WK036300=[2, 8_000, np.nan, 50, 15, 0.8], **FAR)
    alike = look_alikes(frame, "WK001400")
    row = alike.table.set_index("code").loc["WK036300"]
    step = 10 / frame["eenpersoons"].std()
    assert row["n_features"] == 4
    assert row["distance"] == pytest.approx(np.sqrt(step**2 / 4))
    assert np.isnan(alike.differences.loc["WK036300", "dichtheid"])


def test_a_missing_feature_is_never_taken_as_equal_or_as_zero():
    far_on_one = [2, 8_000, 4_000, 40, 15, 1.4]
    unknown = [2, 8_000, 4_000, 40, 15, np.nan]
    alike = look_alikes(context(WK036300=unknown, WK034400=far_on_one, **FAR), "WK001400")
    assert alike.differences.loc["WK036300"].drop("auto_hh").eq(0).all()
    assert "auto_hh" not in alike.table.set_index("code").loc["WK036300", "reasons"]


def test_reasons_are_the_closest_features_within_a_quarter_sd():
    frame = context(WK036300=[2, 8_000, 4_050, 55, 15, 0.8], **FAR)
    row = look_alikes(frame, "WK001400").table.set_index("code").loc["WK036300"]
    assert row["reasons"] == ("inwoners", "65_plus", "auto_hh")
    far = look_alikes(frame, "WK001400").table.set_index("code").loc["WK051800"]
    assert far["reasons"] == ()


def test_when_the_own_urbanity_is_unknown_it_is_not_used_and_that_is_said():
    frame = context(WK036300=[5, *BASE[1:]], **FAR)
    frame.loc["WK001400", "stedelijkheid"] = np.nan
    alike = look_alikes(frame, "WK001400")
    assert alike.same_urbanity is False
    assert alike.table["code"].iloc[0] == "WK036300"


def test_at_most_k_and_the_number_there_was_to_choose_from():
    alike = look_alikes(context(**FAR), "WK001400", k=1)
    assert (len(alike.table), alike.n_candidates) == (1, 2)


def test_nobody_alike_is_an_empty_table():
    alike = look_alikes(context(WK001401=BASE), "WK001400")
    assert alike.table.empty
    assert alike.n_candidates == 0


def test_fictional_areas_find_fictional_look_alikes():
    invented = {"WK971200": BASE, "WK971300": BASE, "WK971400": FAR["WK051800"]}
    assert look_alikes(context(**invented, **FAR), "WK971200").table["code"].tolist() == ["WK971300", "WK971400"]


def test_an_invented_area_does_not_move_the_scale_of_the_real_ones():
    """The standard deviation is of one world: the example beside real figures changes no distance."""
    real = context(WK036300=[2, 8_200, 4_100, 41, 15, 0.8], **FAR)
    mixed = context(WK036300=[2, 8_200, 4_100, 41, 15, 0.8], WK971200=[2, 90_000, 50, 90, 60, 3], **FAR)
    pd.testing.assert_frame_equal(look_alikes(mixed, "WK001400").table, look_alikes(real, "WK001400").table)


def test_a_code_without_context_is_said():
    with pytest.raises(NotFoundError, match="WK999900"):
        look_alikes(context(**FAR), "WK999900")


def test_frame_unchanged():
    frame = context(**FAR)
    before = frame.copy()
    look_alikes(frame, "WK001400")
    pd.testing.assert_frame_equal(frame, before)
