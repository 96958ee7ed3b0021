"""What changed in the figures: since a kept snapshot, since an earlier edition, and back to that edition."""

from pathlib import Path

import pytest
from links_examples import CATALOGUE, LEFT, RIGHT, File, shown, store_of, wijk

from wijkdata.areas import Level
from wijkdata.errors import NotFoundError
from wijkdata.loading.figures import editions
from wijkdata.questions.gegevens import changed
from wijkdata.questions.gegevens.answer import Became
from wijkdata.questions.gegevens.changed import Asked
from wijkdata.store.monitor.versions import Monitor

AREAS = [(wijk(1), "West", LEFT), (wijk(2), "Oost", RIGHT), ("WK970101", "Verzonnen", None)]
WEST, EAST, INVENTED = wijk(1), wijk(2), "WK970101"
BEFORE = [(WEST, 5_000.0), (EAST, 4_000.0), (INVENTED, 900.0)]


def edition(*figures: tuple[str, float | None], provisional: tuple[int, ...] = ()) -> File:
    """An edition of one table: inhabitants in 2024."""
    rows = [(code, "inwoners", 2024, value) for code, value in figures]
    return File(2024, AREAS, rows, provisional=provisional)


def counts(monitor: Monitor, key: str, municipality: str = "", fictional: bool = False) -> tuple[int, ...]:
    """New, revised, gone, final."""
    answer = changed.answer(monitor, CATALOGUE, Asked(key, municipality, fictional))
    return tuple(answer.total(what) for what in ("new", "revised", "gone", "final"))


# What the second edition holds, whether the first was provisional: new, revised, gone, final.
CASES = [
    pytest.param([*BEFORE], (), (0, 0, 0, 0), id="the same figures"),
    pytest.param([(WEST, 5_100.0), *BEFORE[1:]], (), (0, 1, 0, 0), id="one revised"),
    pytest.param([(WEST, None), *BEFORE[1:]], (), (0, 0, 1, 0), id="hidden now"),
    pytest.param([(WEST, 0.0), *BEFORE[1:]], (), (0, 1, 0, 0), id="0 is a figure"),
    pytest.param([*BEFORE], (2024,), (0, 0, 0, 2), id="final, and nothing revised"),
    pytest.param([(WEST, 5_100.0), (EAST, None), BEFORE[2]], (2024,), (0, 1, 1, 1), id="all of it"),
    pytest.param([*BEFORE[:2], (INVENTED, 1.0)], (), (0, 0, 0, 0), id="another world"),
]


@pytest.mark.parametrize(("after", "provisional", "expected"), CASES)
def test_a_snapshot_and_the_edition_in_it_say_the_same(after, provisional, expected, tmp_path):
    then = store_of(tmp_path, edition(*BEFORE, provisional=provisional))
    now = store_of(tmp_path, edition(*after))

    snapshot, replaced = changed.earlier(now, CATALOGUE)

    assert (snapshot.key, snapshot.label, replaced.key, replaced.label) == (then.stamp, "", "uitgave-1", "tabel")
    assert counts(now, snapshot.key) == counts(now, replaced.key) == expected
    assert counts(now, snapshot.key, "GM0518") == expected


def test_a_figure_that_was_hidden_is_new_and_the_other_way_round_gone(tmp_path):
    then = store_of(tmp_path, edition((WEST, None), (EAST, 4_000.0)))
    now = store_of(tmp_path, edition((WEST, 5_000.0), (EAST, None)))

    assert counts(now, then.stamp) == (1, 0, 1, 0)


def test_another_world_is_counted_apart(tmp_path):
    then = store_of(tmp_path, edition(*BEFORE))
    now = store_of(tmp_path, edition(*BEFORE[:2], (INVENTED, 1_000.0)))

    assert counts(now, then.stamp) == (0, 0, 0, 0)
    assert counts(now, then.stamp, fictional=True) == counts(now, then.stamp, "GM9701") == (0, 1, 0, 0)


def test_ids_of_the_two_files_need_not_mean_the_same(tmp_path):
    """After going back the same id can be another area or indicator; codes decide."""
    then = store_of(tmp_path / "a", edition(*BEFORE))
    other = File(2024, [(EAST, "Oost", RIGHT), (WEST, "West", LEFT)], [(EAST, "dichtheid", 2024, 9.0)], "ander")
    now = store_of(tmp_path / "b", other, edition((EAST, 4_000.0), (WEST, 5_100.0)))
    then.path.rename(now.path.parent / then.path.name)

    assert counts(now, then.stamp) == (1, 1, 0, 0)


def test_the_size_of_revisions_and_what_became_of_each_area(tmp_path):
    then = store_of(tmp_path, edition((WEST, 5_000.0), (EAST, 4_000.0)))
    now = store_of(tmp_path, edition((WEST, 4_700.0), (EAST, 4_100.0)))
    asked = Asked(then.stamp, "GM0518", fictional=False)

    row = changed.answer(now, CATALOGUE, asked).rows.iloc[0]
    figures = changed.figures(now, CATALOGUE, asked, "inwoners", 2024, Level.WIJK)

    assert (row["short"], row["when"], row["levels"], row["median"], row["largest"]) == (
        *("Inwoners", "2024", (Level.WIJK,), 200.0, -300.0),
    )
    assert list(figures.areas["difference"].items()) == [(WEST, -300.0), (EAST, 100.0)]
    assert list(figures.areas["became"]) == [Became.LOWER, Became.HIGHER]
    assert {one["properties"]["code"] for one in figures.features} == {WEST, EAST}
    assert figures.borders.endswith("indeling 2024")


def test_back_to_the_edition_before_brings_its_figures_and_nothing_else(tmp_path):
    other = File(2024, AREAS, [(WEST, "dichtheid", 2024, 9.0)], "ander")
    then = store_of(tmp_path, edition(*BEFORE), other)
    revised = [(WEST, "inwoners", 2024, 5_100.0), (EAST, "inwoners", 2024, None)]
    store_of(tmp_path, File(2024, [], revised))

    back = editions.withdraw(tmp_path, CATALOGUE, 3)

    assert shown(back, "inwoners", 2024) == shown(then, "inwoners", 2024)
    assert shown(back, "dichtheid", 2024) == shown(then, "dichtheid", 2024)
    assert counts(back, then.stamp) == (0, 0, 0, 0)
    assert changed.replaced(back, CATALOGUE) == ()


@pytest.mark.parametrize("run_id", [1, 2, 99], ids=["the older one", "another table", "no run"])
def test_only_an_edition_with_one_before_it_can_be_taken_out(run_id, tmp_path):
    other = File(2024, AREAS, [(WEST, "dichtheid", 2024, 9.0)], "ander")
    now = store_of(tmp_path, edition(*BEFORE), other, File(2024, [], [(WEST, "inwoners", 2024, 1.0)]))
    assert [one.run_id for one in changed.replaced(now, CATALOGUE)] == [3]

    with pytest.raises(NotFoundError, match="dat kan bij: 3"):
        editions.withdraw(tmp_path, CATALOGUE, run_id)


def test_a_snapshot_that_is_gone_is_said(tmp_path: Path):
    now = store_of(tmp_path, edition(*BEFORE))
    with pytest.raises(NotFoundError):
        changed.answer(now, CATALOGUE, Asked("20200101-000000-000000", "", fictional=False))
