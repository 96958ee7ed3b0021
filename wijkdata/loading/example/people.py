"""The invented people of the example: yearly counts per buurt and wijk, as in the Kerncijfers wijken en buurten."""

import math
from dataclasses import dataclass

from wijkdata.loading.example.figures import growth, normal, planted
from wijkdata.loading.example.places import Wijk

# The national level of each benefit per year, relative to 2020.
_BIJSTAND = dict(zip(range(2015, 2025), (1.12, 1.14, 1.13, 1.08, 1.03, 1.00, 1.01, 0.96, 0.93, 0.92), strict=True))
_WW = dict(zip(range(2015, 2025), (1.75, 1.62, 1.35, 1.08, 0.94, 1.00, 0.92, 0.66, 0.62, 0.66), strict=True))
# Below this many inhabitants the publisher hides benefits; CBS hides small counts in the same way.
HIDE_BELOW = 400


@dataclass(frozen=True)
class People:
    """Counts of one area in one year, before rounding by the publisher. Joined areas weigh distances by households."""

    inhabitants: int
    households: int
    single: int
    older: int
    bijstand: int
    ao: int
    ww: int
    cars: int
    supermarket: float
    childcare: float
    hectares: float

    @property
    def density(self) -> int | None:
        """Inhabitants per km² of land; None where nobody lives."""
        return round(self.inhabitants / self.hectares * 100) if self.inhabitants else None

    @property
    def urban_class(self) -> int | None:
        """1 (very strongly urban) to 5 (not urban), from the density; None where nobody lives."""
        if self.density is None:
            return None
        return 5 - sum(self.density >= limit for limit in (250, 500, 1000, 2000))


def joined(parts: list[People]) -> People:
    """Join several areas into one."""
    weights = max(1, sum(part.households for part in parts))
    counts = ("inhabitants", "households", "single", "older", "bijstand", "ao", "ww", "cars")
    return People(
        **{name: sum(getattr(part, name) for part in parts) for name in counts},
        supermarket=math.fsum(part.supermarket * part.households for part in parts) / weights,
        childcare=math.fsum(part.childcare * part.households for part in parts) / weights,
        hectares=math.fsum(part.hectares for part in parts),
    )


def of_wijk(wijk: Wijk, year: int, hectares: dict[str, float]) -> dict[str, People]:
    """Count the people of a wijk and of each of its buurten, by code; `hectares` by code."""
    if not wijk.lived_in:
        return {code: _nobody(hectares[code]) for code in [wijk.code, *(buurt.code for buurt in wijk.buurten)]}
    if not wijk.buurten:
        return {wijk.code: _lived_in(wijk, wijk.code, 1.0, year, hectares[wijk.code])}
    sizes = {buurt.code: 1.0 + 0.25 * normal(buurt.code, "omvang") for buurt in wijk.buurten}
    whole = math.fsum(sizes.values())
    parts = {code: _lived_in(wijk, code, sizes[code] / whole, year, hectares[code]) for code in sizes}
    return {wijk.code: joined(list(parts.values())), **parts}


def _nobody(hectares: float) -> People:
    return People(0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, hectares)


def _lived_in(wijk: Wijk, code: str, share: float, year: int, hectares: float) -> People:
    """Count the people of one area: a wijk, or a buurt that differs a little from its wijk."""
    vulnerable = wijk.vulnerability + (0.3 * normal(code, "kwetsbaar") if code != wijk.code else 0.0)
    urban = wijk.urbanity
    grows = 0.004 + 0.004 * normal(wijk.code, "groei")
    people = round(wijk.inhabitants * share * (1.0 + grows * (year - 2020)))
    households = round(people / (2.40 - 0.45 * urban - 0.05 * vulnerable))
    older = 0.22 - 0.06 * urban + 0.03 * normal(code, "ouderen") + 0.003 * (year - 2020)
    rates = {
        "bijstand": 16.0 * growth(0.75 * vulnerable + 0.2 * normal(wijk.code, "bijstand", "eigen")) * _BIJSTAND[year],
        "ao": 37.0 * growth(0.30 * vulnerable + 0.15 * normal(wijk.code, "ao", "eigen")),
        "ww": 12.5 * growth(0.18 * vulnerable + 0.10 * normal(wijk.code, "ww", "eigen")) * _WW[year],
    }
    counts = {
        name: round(people / 1000 * rate * (1.0 + 0.03 * normal(code, name, year))) for name, rate in rates.items()
    }
    open_land = (1.0 - urban) * (1.0 - urban)
    return People(
        inhabitants=people,
        households=households,
        single=round(households * (0.25 + 0.25 * urban + 0.03 * vulnerable + 0.02 * normal(code, "alleen"))),
        older=round(people * max(0.08, older)),
        cars=round(households * (1.40 - 0.75 * urban - 0.08 * vulnerable)),
        supermarket=0.5 + 2.2 * open_land + 0.1 * abs(normal(code, "supermarkt")),
        childcare=0.45
        + 1.2 * open_land
        + 0.1 * abs(normal(code, "kinderopvang"))
        + 0.05 * normal(code, "kinderopvang", year)
        + planted(wijk.code, "afstand_kinderopvang", year),
        hectares=hectares,
        **counts,
    )
