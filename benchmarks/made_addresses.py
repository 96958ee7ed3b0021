"""A made country over the years: its divisions, and the yearly tables of postcode, house number and buurt, of the real size.

Every year one wijk in fifty is renumbered, one in a hundred merges with the next or is cut in two, and one address in a hundred
comes or goes.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from tests.links_examples import File
from wijkdata.reference import gemeenten

WIJKEN, BUURTEN_OF_WIJK, PER_POSTCODE = 9, 5, 18
_LETTERS = [chr(65 + n) for n in range(26)]


@dataclass
class Country:
    """Which buurt each block of addresses is in. A block never splits but at its middle; blocks: number of the buurt."""

    rows: int
    seed: int = 1

    def __post_init__(self) -> None:
        """Begin with the same number of wijken and buurten in every gemeente of now."""
        self.random = np.random.default_rng(self.seed)
        codes = sorted(one.code[2:] for one in gemeenten.every().values() if one.until is None)
        self.half_blocks = np.array(
            [
                f"{code}{wijk:02d}{buurt:02d}"
                for code in codes
                for wijk in range(WIJKEN)
                for buurt in range(BUURTEN_OF_WIJK)
                for _ in range(2)
            ]
        )

    def next_year(self) -> None:
        """Renumber, merge and cut some of the buurten."""
        buurten = np.unique(self.half_blocks)
        for buurt in self.random.choice(buurten, len(buurten) // 50, replace=False):
            own = np.flatnonzero(self.half_blocks == buurt)
            kind = self.random.integers(4)
            new = f"{buurt[:6]}{self.random.integers(10, 99):02d}"
            if kind < 2:
                self.half_blocks[own] = new
            elif kind == 2:
                self.half_blocks[own[: max(1, len(own) // 2)]] = new
            else:
                self.half_blocks[own] = self.half_blocks[(own[-1] + 1) % len(self.half_blocks)][:6] + buurt[6:]

    def table(self, path: Path, year: int) -> None:
        """Write the table of a year as the publisher does: semicolons, numbers without letters or leading zeros."""
        place = np.arange(self.rows)
        kept = self.random.random(self.rows) < 0.99
        block = place * len(self.half_blocks) // self.rows
        buurt = self.half_blocks.astype(np.int64)[block]
        postcode = place // PER_POSTCODE
        digits, letters = 1000 + postcode // 676, postcode % 676
        names = [one + two for one in _LETTERS for two in _LETTERS]
        written = np.char.add(digits[::PER_POSTCODE].astype(str), np.array(names)[letters[::PER_POSTCODE]])
        columns = {
            "PC6": pa.DictionaryArray.from_arrays(pa.array(postcode[kept].astype(np.int32)), pa.array(written)).cast(
                pa.string()
            ),
            "Huisnummer": place[kept] % PER_POSTCODE + 1,
            f"Buurt{year}": buurt[kept],
            f"Wijk{year}": buurt[kept] // 100,
            f"Gemeente{year}": buurt[kept] // 10_000,
        }
        csv.write_csv(pa.table(columns), path, csv.WriteOptions(delimiter=";"))

    def division(self, year: int) -> File:
        """List the wijken and buurten of a year with their inhabitants."""
        buurten, sizes = np.unique(self.half_blocks, return_counts=True)
        residents = {f"BU{code}": int(n) * 500 for code, n in zip(buurten, sizes, strict=True)}
        for code, n in list(residents.items()):
            wijk = f"WK{code[2:8]}"
            residents[wijk] = residents.get(wijk, 0) + n
        areas = [(code, f"Plaats {code[2:]}", None) for code in residents]
        return File(year, areas, [(code, "inwoners", year, n) for code, n in residents.items()], f"kwb{year}")
