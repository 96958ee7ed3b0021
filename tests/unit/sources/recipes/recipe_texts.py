"""A recipe and a table that fit each other, to be spoiled."""

from pathlib import Path

import pandas as pd

from wijkdata import catalogue
from wijkdata.catalogue import Catalogue
from wijkdata.sources.reading.base import Context
from wijkdata.sources.recipes import recipe as recipes
from wijkdata.sources.recipes.recipe import Recipe

KNOWN = pd.DataFrame(
    [
        ("GM9701", "Vlierstede"),
        ("WK970101", "Zonnegaarde"),
        ("BU97010100", "Zonnegaarde-Noord"),
        ("BU97010101", "Zonnegaarde-Zuid"),
        ("BU97010200", "Heksenwiel"),
        ("BU97010201", "Wilgenmeent e.o."),
    ],
    columns=["code", "name"],
)
TABLE = "Buurt;Groen (%);Jaar\nZonnegaarde-Noord;61,5;2021\nZonnegaarde-Zuid;58;2021\nHeksenwiel;.;2021\n"
TEXT = """
version = 1
name = "Groenpeiling"
source = "eigen_groenpeiling"
[shape]
headers = ["buurt", "groen (%)", "jaar"]
[area]
column = "buurt"
by = "name"
level = "buurt"
gemeente = "GM9701"
[period]
where = "column"
column = "jaar"
[[columns]]
header = "groen (%)"
indicator = "eigen_groen"
[sources.eigen_groenpeiling]
publisher = "Gemeente Vlierstede"
title = "Groenpeiling"
short = "Groenpeiling"
licence = "Volgens de gemeente"
url = ""
method = "Enquête."
evidence = "perceived"
[indicators.eigen_groen]
title = "Tevreden over groen"
short = "Tevreden over groen"
description = "Aandeel bewoners dat tevreden is."
unit = "%"
unit_kind = "percent"
decimals = 1
higher_is = "better"
role = "context"
evidence = "perceived"
series = "eigen_groenpeiling"
range = [0.0, 100.0]
"""


def recipe(text: str = TEXT) -> Recipe:
    return recipes.parse(text.encode(), "groen.toml")


def known_to(one: Recipe) -> Catalogue:
    """The shipped catalogue with the own entries of a recipe."""
    with_source = catalogue.add_own(catalogue.load(), "bronnen.toml", one.sources)
    return catalogue.add_own(with_source, "indicatoren.toml", one.indicators)


def context(one: Recipe | None = None) -> Context:
    return Context(known_to(one or recipe()), known_areas=KNOWN)


def file(folder: Path, text: str = TABLE, name: str = "groen.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
