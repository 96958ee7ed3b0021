"""The example: the committed files are what the generator makes, and they are sound as the publishers' files are."""

import hashlib
import json

import pandas as pd
import pytest
import shapely
from shapely.geometry import shape

from wijkdata import areas, settings
from wijkdata.loading.example import dataset, figures, geography, months
from wijkdata.loading.example import places as example_places

DIMENSIONS = ["fys", "onv", "soc", "vrz", "won"]
LIVED_IN = [wijk for wijk in example_places.wijken() if wijk.lived_in]
FOCUS = example_places.gemeenten()[0]


def files():
    """The committed files, those of the activities too."""
    return [path for path in settings.EXAMPLE_DIR.rglob("*") if path.is_file()]


def committed(name):
    return settings.EXAMPLE_DIR / name


def polygons(level):
    features = json.loads(committed(f"{level}-2024-fictief.geojson").read_text(encoding="utf-8"))["features"]
    key = {"gemeenten": "gemeentecode", "wijken": "wijkcode", "buurten": "buurtcode"}[level]
    return {feature["properties"][key]: shape(feature["geometry"]) for feature in features}


def kwb(year):
    frame = pd.read_csv(committed(f"kerncijfers-{year}-fictief.csv"), sep=";", dtype=str, encoding="utf-8-sig")
    frame.columns = [name.split("/")[-1] for name in frame.columns]
    return frame.map(str.strip).set_index("Regiocode (gemeente, wijk, buurt) (code)")


# --- the same bytes, everywhere -------------------------------------------------------------------------------------


def test_made_again_gives_the_committed_bytes(tmp_path):
    paths = dataset.write(tmp_path)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    stored = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files()}
    assert digests == stored


def test_paths_are_the_committed_files_boundaries_first():
    paths = dataset.paths()
    assert all(path.is_file() and path.parent == settings.EXAMPLE_DIR for path in paths)
    assert [path.suffix for path in paths[:3]] == [".geojson"] * 3
    assert {path.name for path in files() if path.parent == settings.EXAMPLE_DIR} == {path.name for path in paths}


def test_each_file_says_fictief_and_all_are_small():
    assert all("fictief" in path.name for path in files())
    assert sum(path.stat().st_size for path in files()) < 3_000_000


def test_no_file_holds_a_carriage_return_unless_its_publisher_writes_them():
    for path in files():
        assert (b"\r" in path.read_bytes()) == path.name.startswith("kerncijfers"), path.name


@pytest.mark.parametrize("x", [-2.0, -0.5, 0.0, 0.4, 1.0, 1.8])
def test_growth_is_close_to_the_exponential(x):
    assert figures.growth(x) == pytest.approx(2.718281828459045**x, rel=0.01)


def test_a_draw_depends_on_its_name_only_and_has_mean_0_and_sd_1():
    draws = pd.Series([figures.normal("toets", number) for number in range(2000)])
    assert figures.normal("toets", 7) == draws[7]
    # 2,000 draws: the standard errors are .022 and .016; four of them either way.
    assert draws.mean() == pytest.approx(0, abs=0.09)
    assert draws.std() == pytest.approx(1, abs=0.065)


# --- the places ------------------------------------------------------------------------------------------------------


def test_as_many_areas_as_the_specification_asks():
    gemeenten = example_places.gemeenten()
    buurten = [buurt for wijk in FOCUS.wijken for buurt in wijk.buurten]
    assert 5 <= len(gemeenten) <= 7
    assert len(LIVED_IN) >= 60
    assert 38 <= len(buurten) <= 45


def test_codes_are_well_formed_unique_and_fictional():
    wijken = example_places.wijken()
    codes = [gemeente.code for gemeente in example_places.gemeenten()]
    codes += [wijk.code for wijk in wijken] + [buurt.code for wijk in wijken for buurt in wijk.buurten]
    assert len(codes) == len(set(codes))
    assert all(areas.normalise(code) == code and areas.is_fictional(code) for code in codes)
    assert all(areas.wijk_of(buurt.code) == wijk.code for wijk in wijken for buurt in wijk.buurten)
    assert "BU9701AA01" in codes  # letters, as in real codes since 2022


def test_the_hard_places_are_there():
    kinds = {wijk.kind: wijk for wijk in FOCUS.wijken}
    last = kwb(2024)
    assert last.loc[kinds["bedrijven"].code, "Aantal inwoners (aantal)"] == "0"
    assert last.loc[kinds["water"].code, "Aantal inwoners (aantal)"] == "0"
    small = [wijk for wijk in FOCUS.wijken if 0 < wijk.inhabitants < settings.MINIMUM_POPULATION]
    assert len(small) == 1


def real_codes(shared):
    """Every area code in the real files with codes."""
    codes = set(pd.read_parquet(shared / "kwb2020-84799NED-v3/cbs.v3.84799NED_WijkenEnBuurten.parquet")["Key"])
    codes_2017 = pd.read_parquet(shared / "kwb2017-83765NED-v4-codes/cbs.v4.83765NED_WijkenEnBuurtenCodes.parquet")
    codes |= set(codes_2017["Identifier"])
    lbm = shared / "lbm3-wijken-2002-2022" / "Leefbaarometer-scores wijken 2002-2022.csv"
    codes |= set(pd.read_csv(lbm, usecols=["wk_code"])["wk_code"])
    codes |= set(pd.read_csv(shared / "rivm-eenzaamheid-wijk-2016" / "WijkEenzaamheid2016.csv")["wijkcode"])
    for path, key in (("pdok-wijken-2024/wijken_2024.geojson", "wijkcode"), ("wijken-2016/wijk_2016_6.geojson", "WKC")):
        features = json.loads((shared / path).read_text(encoding="utf-8"))["features"]
        codes |= {feature["properties"][key] for feature in features}
    return {code for code in map(areas.normalise, codes) if code}


def test_no_real_code_lies_in_the_fictional_range(shared):
    real = real_codes(shared)
    places = {areas.municipality_of(code) for code in real} - {None} - areas.GHOST_MUNICIPALITIES
    assert len(real) > 20_000
    assert not [code for code in real if areas.is_fictional(code)]
    assert max(int(code[2:]) for code in places) < min(areas.FICTIONAL_MUNICIPALITIES)


def test_no_name_is_the_name_of_a_real_gemeente_wijk_or_buurt(shared):
    titles = pd.read_parquet(shared / "kwb2020-84799NED-v3/cbs.v3.84799NED_WijkenEnBuurten.parquet")["Title"]
    features = json.loads((shared / "pdok-wijken-2024/wijken_2024.geojson").read_text(encoding="utf-8"))["features"]
    real = {str(title).strip() for title in titles} | {feature["properties"]["wijknaam"] for feature in features}
    real |= {title.split(" ", 2)[-1] for title in real if title.startswith("Wijk ")}  # "Wijk 02 Blijham"
    wijken = example_places.wijken()
    names = {gemeente.name for gemeente in example_places.gemeenten()} | {wijk.name for wijk in wijken}
    names |= {buurt.name for wijk in wijken for buurt in wijk.buurten}
    lowered = {title.lower() for title in real}
    assert {name for name in names if name.lower() in lowered} == {"Groot water"}  # every real gemeente calls it so


# --- the map ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "count"), [("gemeenten", 6), ("wijken", 68), ("buurten", 43)])
def test_shapes_are_valid_and_share_their_borders_to_the_last_digit(level, count):
    shapes = list(polygons(level).values())
    assert len(shapes) == count
    assert all(polygon.is_valid and polygon.geom_type == "Polygon" for polygon in shapes)
    assert all(polygon.exterior.is_ccw for polygon in shapes)
    assert shapely.coverage_is_valid(shapes)
    assert shapely.coverage_union_all(shapes).geom_type == "Polygon"


@pytest.mark.parametrize(
    ("fine", "coarse", "parent"), [("buurten", "wijken", areas.wijk_of), ("wijken", "gemeenten", areas.municipality_of)]
)
def test_the_parts_make_the_whole(fine, coarse, parent):
    parts = pd.Series(polygons(fine))
    whole = polygons(coarse)
    for code, group in parts.groupby(parts.index.map(parent)):
        assert shapely.coverage_union_all(list(group)).equals(whole[code]), code


def test_the_land_lies_where_no_real_wijk_is(shared):
    features = json.loads((shared / "pdok-wijken-2024/wijken_2024.geojson").read_text(encoding="utf-8"))["features"]
    tree = shapely.STRtree([shape(feature["geometry"]) for feature in features])
    land = shapely.union_all(list(polygons("gemeenten").values()))
    assert len(tree.query(land.buffer(0.05), predicate="intersects")) == 0


def test_hectares_are_those_of_the_shape():
    drawn = geography.draw(example_places.gemeenten())
    code, wijk = "WK970208", polygons("wijken")["WK970208"]
    square_metres = wijk.area * geography.METRES_LON * geography.METRES_LAT
    # 6 decimals are 0.1 m; a border of 15 km then moves at most 0.15 ha.
    assert drawn.wijken[code].hectares == pytest.approx(square_metres / 10_000, abs=0.2)


# --- the figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "areas_there"), [("gemeenten", 6), ("wijken", 66), ("buurten", 41)])
def test_the_leefbaarometer_keeps_its_own_rules(level, areas_there):
    frame = pd.read_csv(committed(f"leefbaarometer-{level}-fictief.csv"))
    code = frame.columns[0]
    assert frame[code].nunique() == areas_there  # no row for the lake and the business park
    assert sorted(frame["jaar"].unique()) == [2014, 2016, 2018, 2020, 2022, 2024]
    assert (frame["lbm"] - frame["afw"] - 4.102264851143685).abs().max() < 1e-13
    filled = frame.dropna(subset=DIMENSIONS)
    assert sorted(filled["jaar"].unique()) == [2014, 2018, 2020, 2022, 2024]
    assert frame.loc[frame["jaar"] == 2016, DIMENSIONS].isna().all(axis=None)
    assert (filled[DIMENSIONS].sum(axis=1) - filled["afw"]).abs().max() < 1e-12


def test_the_leefbaarometer_lies_where_the_real_one_lies(shared):
    path = shared / "lbm3-wijken-2002-2022" / "Leefbaarometer-scores wijken 2002-2022.csv"
    real, ours = pd.read_csv(path), pd.read_csv(committed("leefbaarometer-wijken-fictief.csv"))
    base = real[real["jaar"] == 2014]
    for year in (2014, 2024):
        seen = ours[ours["jaar"] == year]
        for name in DIMENSIONS:
            assert seen[name].between(real[name].min(), real[name].max()).all()
            score = 100 + 15 * (seen[name] - base[name].mean()) / base[name].std()
            assert score.between(70, 130).mean() > 0.9, (name, year)
            assert 90 < score.mean() < 110, (name, year)


def test_the_pillars_go_together_as_the_real_ones_do():
    frame = pd.read_csv(committed("leefbaarometer-wijken-fictief.csv")).query("jaar == 2022").set_index("wk_code")
    counts = kwb(2022).loc[frame.index]
    bijstand = pd.to_numeric(counts["Personen per soort uitkering; Bijstand (aantal)"], errors="coerce")
    frame["bijstand"] = -bijstand / pd.to_numeric(counts["Aantal inwoners (aantal)"])
    # Real wijken 2022: onv-soc .83, won-onv .74, won-soc .78.
    correlations = frame[["won", "onv", "soc", "bijstand"]].corr()
    for first, second in (("won", "onv"), ("won", "soc"), ("onv", "soc"), ("bijstand", "onv")):
        assert 0.55 < correlations.loc[first, second] < 0.85, (first, second)


def test_differences_between_wijken_last_and_the_mean_rises():
    frame = pd.read_csv(committed("leefbaarometer-wijken-fictief.csv"))
    scores = frame.pivot(index="wk_code", columns="jaar", values="afw")
    assert scores[2014].corr(scores[2024]) > 0.85
    assert scores[2024].mean() > scores[2014].mean() + 0.02


@pytest.mark.parametrize("year", range(2015, 2025))
def test_the_kerncijfers_are_as_cbs_writes_them(year):
    frame = kwb(year)
    assert set(frame["Perioden"]) == {str(year)}
    assert len(frame) == 6 + 68 + 43
    counts = frame[[name for name in frame if name.endswith("(aantal)")]].replace(".", None).apply(pd.to_numeric)
    assert (counts.stack().dropna() % 5 == 0).all()
    empty = frame["Aantal inwoners (aantal)"] == "0"
    assert empty.sum() == 4
    assert (frame.loc[empty, "Personen per soort uitkering; Bijstand (aantal)"] == ".").all()
    hidden = frame.loc[~empty, "Personen per soort uitkering; Bijstand (aantal)"] == "."
    assert set(hidden[hidden].index) == {"BU97011700", "BU97011701"}


def test_months_add_up_to_the_year():
    counted = pd.read_csv(committed(dataset.MONTHLY))
    counted = counted.assign(year=counted["periode"].str[:4])
    years = counted.groupby(["gebied_code", "year"])["waarde"].agg(["sum", "size"])
    assert (years["size"] == 12 * len(months.CATEGORIES)).all()
    yearly = pd.read_csv(committed("registraties-fictief.csv")).query(
        "indicator == 'meldingen_1000' and periode == 2023"
    )
    rate = yearly.set_index("gebied_code")["waarde"].astype(float)
    residents = pd.to_numeric(kwb(2023)["Aantal inwoners (aantal)"])
    for code in ("WK970108", "WK970301"):
        # The rate is over the exact number of residents, the publisher's is rounded to 5; and it has one decimal.
        assert rate[code] == pytest.approx(
            years.loc[(code, "2023"), "sum"] / residents[code] * 1000, rel=0.002, abs=0.06
        )
