"""A made-up gemeente, and a country around it, as the services of the publishers hand them out: the figures behind `fetch_services`.

Codes begin with 97, which no real gemeente has. Everything follows from a seed.
"""

import io
import zipfile
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from wijkdata.catalogue import Form, load

CENTRE = (5.1, 52.1)
_SIDE = 0.006
LBM_YEARS = (2014, 2018, 2020, 2022, 2024)
_REFERENCE = 4.10226485


@dataclass
class Table:
    """One table of open data. areas: its codes. columns: topics with their number. periods, kinds, ages: its other dimensions.

    modified: changes with a revision. seed: of its figures.
    """

    number: str
    year: int
    areas: list[str]
    columns: list[str]
    periods: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    health: bool = False
    kerncijfers: bool = False
    has_v4: bool = False
    modified: str = "2026-03-01T02:00:00"
    seed: int = 1
    _made: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = field(default_factory=dict, repr=False)

    def about(self) -> dict[str, Any]:
        """The record of the catalogue."""
        return {
            "ID": 1,
            "Identifier": self.number,
            "Title": f"Kerncijfers wijken en buurten {self.year}" if self.kerncijfers else self.number,
            "Modified": self.modified,
            "Period": str(self.year),
            "RecordCount": len(self.rows()),
            "OutputStatus": "Regulier",
        }

    def properties(self) -> dict[str, Any]:
        """The same in OData v4."""
        return {
            "Identifier": self.number,
            "Title": f"Kerncijfers wijken en buurten {self.year}",
            "TemporalCoverage": str(self.year),
            "Modified": self.modified,
            "ObservationsModified": self.modified,
            "ObservationCount": len(self.observations()),
            "Status": "Regulier",
        }

    def regions(self) -> list[dict[str, Any]]:
        """The dimension of areas, its keys padded."""
        return [
            {
                "Key": f"{code:<10}",
                "Title": name_of(code),
                "Description": "",
                "DetailRegionCode": f"{code[:2]:<10}",
                "Municipality": f"GM{code[2:6]}",
            }
            for code in self.areas
        ]

    def codes(self) -> list[dict[str, Any]]:
        """The same in OData v4."""
        return [{"Identifier": code, "Title": name_of(code), "DetailRegionCode": code[:2]} for code in self.areas]

    @cached_property
    def _figures(self) -> np.ndarray:
        """A figure per row and topic, small enough to be a share or a class; the inhabitants are many."""
        n = len(self.areas) * max(1, len(self.periods)) * max(1, len(self.kinds))
        draw = np.random.default_rng(self.seed)
        figures = draw.integers(1, 5, size=(n, len(self.columns)))
        if self.columns[0].startswith("AantalInwoners"):
            figures[:, 0] = draw.integers(1000, 5000, size=n)
        return figures

    def rows(self) -> list[dict[str, Any]]:
        """The UntypedDataSet: every figure is text, padded. Made once for every edition of it."""
        edition = (self.modified, tuple(self.columns))
        if edition not in self._made:
            self._made[edition] = self._rows()
        return self._made[edition]

    def _rows(self) -> list[dict[str, Any]]:
        made, n = [], 0
        for code in self.areas:
            for kind in self.kinds or ("",):
                for period in self.periods or ("",):
                    row: dict[str, Any] = {"ID": n}
                    if self.kinds:
                        row["SoortMisdrijf"] = f"{kind:<6}"
                    if self.health:
                        row |= {"Leeftijd": "20300  ", "Marges": "MW00000"}
                    row["WijkenEnBuurten"] = f"{code:<10}"
                    if period:
                        row["Perioden"] = period
                    if self.kerncijfers:
                        row |= {
                            "Gemeentenaam_1": "Voorbeeld" if code[2:4] == "97" else "Nederland",
                            "SoortRegio_2": code[:2],
                        }
                        row |= {"Codering_3": f"{code:<10}", "IndelingswijzigingWijkenEnBuurten_4": "1"}
                    values = self._figures[n]
                    row |= {name: f"{value:>8}" for name, value in zip(self.columns, values, strict=True)}
                    made.append(row)
                    n += 1
        return made

    def observations(self) -> list[dict[str, Any]]:
        """The same figures as observations of OData v4, of the topics with a code of their own."""
        measures = _v4_of(tuple(self.columns))
        made = []
        for at, code in enumerate(self.areas):
            for name, measure in measures.items():
                value = float(self._figures[at][self.columns.index(name)])
                made.append(
                    {
                        "Id": len(made),
                        "Measure": measure,
                        "ValueAttribute": "None",
                        "Value": value,
                        "WijkenEnBuurten": code,
                    }
                )
        return made


@dataclass
class World:
    """Everything that is handed out. tables: by number. wijken, buurten: codes of the gemeente. years: of its maps."""

    tables: dict[str, Table]
    wijken: list[str]
    buurten: list[str]
    years: tuple[int, ...]
    gemeenten: tuple[str, ...] = ("GM9701",)
    address_rows: int = 0

    def codes(self, year: int, layer: str) -> list[str] | None:
        """The areas of one layer of the map of a year."""
        layers = {"gemeenten": list(self.gemeenten), "wijken": self.wijken, "buurten": self.buurten}
        return layers[layer] if year in self.years else None

    def features(self, codes: list[str], layer: str, service: str) -> list[dict[str, Any]]:
        """The shapes of these areas: a square per buurt, and the squares of a wijk together."""
        buurten: dict[str, list[int]] = {}
        for at, buurt in enumerate(self.buurten):
            for around in (f"GM{buurt[2:6]}", f"WK{buurt[2:8]}", buurt):
                buurten.setdefault(around, []).append(at)
        return [self._feature(code, layer, service, buurten.get(code, [])) for code in codes]

    def _feature(self, code: str, layer: str, service: str, inside: list[int]) -> dict[str, Any]:
        gemeente = f"GM{code[2:6]}"
        single = {"gemeenten": "gemeente", "wijken": "wijk", "buurten": "buurt"}[layer]
        if service == "gebiedsindelingen":
            properties: dict[str, Any] = {"statcode": code, "statnaam": name_of(code)}
        else:
            properties = {"gemeentecode": gemeente, "gemeentenaam": name_of(gemeente), "water": "NEE"}
            properties |= {f"{single}code": code, f"{single}naam": name_of(code), "aantalInwoners": 1500}
        squares = [_square(at) for at in inside]
        return {
            "type": "Feature",
            "id": f"{layer}.{code}",
            "properties": properties,
            "geometry": {"type": "MultiPolygon", "coordinates": squares},
        }

    @cached_property
    def leefbaarometer(self) -> bytes:
        """The zip with scores per wijk and buurt."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for level, prefix, codes in (("wijken", "wk", self.wijken), ("buurten", "bu", self.buurten)):
                lines = [f"{prefix}_code,{prefix}_naam,jaar,lbm,afw,fys,onv,soc,vrz,won"]
                for n, code in enumerate(codes):
                    lines += [_score(code, year, n) for year in LBM_YEARS]
                archive.writestr(f"Leefbaarometer-scores {level} 2014-2024.csv", "\n".join([*lines, ""]))
        return target.getvalue()

    def addresses(self, year: int) -> bytes | None:
        """The zip with the buurt of every postcode and house number: bare numbers, as the publisher writes them."""
        return _addresses(year, tuple(self.buurten), self.address_rows)


@lru_cache(maxsize=16)
def _addresses(year: int, buurten: tuple[str, ...], others: int) -> bytes:
    """The zip of a year is the same at every question, as that of the publisher."""
    lines = [f"PC6;Huisnummer;Buurt{year};Wijk{year};Gem{year}"]
    for at, buurt in enumerate(buurten):
        lines += [f"{1000 + at}AA;{n};{buurt[2:]};{buurt[2:8]};{buurt[2:6]}" for n in range(1, 41)]
    lines += [f"9999ZZ;{n};3630001;36300;363" for n in range(others)]
    return zipped(f"pc6hnr{year}0801_gwb.csv", "\n".join([*lines, ""]).encode())


def world(
    wijken: int = 2, buurten: int = 3, years: tuple[int, ...] = (2019, 2020), columns: int = 8, months: int = 6
) -> World:
    """Make a gemeente with so many wijken, each with so many buurten, and its tables of these years."""
    wijk_codes = [f"WK9701{n:02}" for n in range(1, wijken + 1)]
    buurt_codes = [f"BU{wijk[2:]}{n:02}" for wijk in wijk_codes for n in range(1, buurten + 1)]
    areas = ["NL00", "GM9701", *wijk_codes, *buurt_codes]
    catalogue = load()
    tables = {}
    for year in years:
        number = catalogue.sources["kwb"].tables[str(year)]
        tables[number] = Table(number, year, areas, _kwb_columns(columns), kerncijfers=True, has_v4=True, seed=year)
    tables["50090NED"] = Table(
        "50090NED", 2020, areas, _columns("rivm_monitor")[:columns], ("2012JJ00", "2016JJ00", "2020JJ00"), health=True
    )
    tables["85163NED"] = Table("85163NED", 2022, areas, ["GemiddeldeScore_29"], ("2021JJ00", "2022JJ00"))
    kinds = tuple(sorted({column.column for _, column in catalogue.of_source("politie")}))
    periods = tuple(f"{2019 + n // 12}MM{n % 12 + 1:02}" for n in range(months))
    tables["47022NED"] = Table("47022NED", 2020, areas, ["GeregistreerdeMisdrijven_1"], periods, kinds)
    return World(tables, wijk_codes, buurt_codes, years)


def _columns(source: str) -> list[str]:
    names = dict.fromkeys(column.column for _, column in load().of_source(source, Form.ODATA3))
    return [f"{name}_{n}" for n, name in enumerate(names, start=5)]


def _kwb_columns(n: int) -> list[str]:
    """The topics of Kerncijfers, the inhabitants first; those that the catalogue knows, then others."""
    known = [name for name in _columns("kwb") if ":" not in name and "AantalInwoners" not in name]
    others = [f"AnderOnderwerp{at}_{at}" for at in range(500, 500 + max(0, n - 1 - len(known)))]
    return ["AantalInwoners_4", *known[: n - 1], *others]


def _v4_of(columns: tuple[str, ...]) -> dict[str, str]:
    """Topic of v3 -> code of the measure in v4, of the indicators that have both."""
    catalogue = load()
    v4 = {item.id: column.column for item, column in catalogue.of_source("kwb", Form.ODATA4)}
    v3 = {column.column: v4[item.id] for item, column in catalogue.of_source("kwb", Form.ODATA3) if item.id in v4}
    return {name: v3[name.rpartition("_")[0]] for name in columns if name.rpartition("_")[0] in v3}


def zipped(name: str, content: bytes) -> bytes:
    """Make a zip of one file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def name_of(code: str) -> str:
    """The name of a made-up area."""
    if code.startswith("NL"):
        return "Nederland"
    words = {"GM": "Voorbeeld", "WK": f"Wijk {code[6:8]}", "BU": f"Buurt {code[6:]}"}
    return words[code[:2]] + (" (fictief)" if code.startswith("GM") else "")


def _score(code: str, year: int, n: int) -> str:
    dimensions = [round(0.01 * ((n * 7 + year + k * 3) % 11 - 5), 6) for k in range(5)]
    distance = round(sum(dimensions), 6)
    return f"{code},{name_of(code)},{year},{_REFERENCE + distance:.15g},{distance:.15g}," + ",".join(
        map(str, dimensions)
    )


def _square(n: int) -> list[list[list[float]]]:
    left, low = CENTRE[0] + _SIDE * (n % 20), CENTRE[1] + _SIDE * (n // 20)
    right, high = left + _SIDE, low + _SIDE
    ring = [[left, low], [right, low], [right, high], [left, high], [left, low]]
    return [[[round(x, 6), round(y, 6)] for x, y in ring]]
