"""The limits of files, tables and fields as rows for people."""

from itertools import groupby

from wijkdata import dutch
from wijkdata.limits import Limit, Unit, listed


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """List each part of the limits with its rows: what is limited, and how much it may be."""
    return [(of, [(one.about, _most(one)) for one in each]) for of, each in groupby(listed(), lambda one: one.of)]


def _most(limit: Limit) -> str:
    if limit.unit is Unit.BYTES:
        return dutch.size(int(limit.most)).replace(",0 ", " ")
    if limit.unit is Unit.YEAR:
        return str(int(limit.most))
    decimals = 0 if limit.most.is_integer() else 1
    return dutch.number(limit.most, decimals) + _AFTER.get(limit.unit, "")


_AFTER = {Unit.SECONDS: " s", Unit.TIMES: " keer"}
