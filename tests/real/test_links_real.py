"""Links between the real divisions, beside the published borders laid over each other here, and figures traced through them."""

import json
import re

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from wijkdata import catalogue, sources
from wijkdata.areas import Level
from wijkdata.loading.figures import importer
from wijkdata.questions.gegevens import links as gegevens_links
from wijkdata.questions.kaart import question as kaart
from wijkdata.questions.kaart.answer import MapChoice
from wijkdata.questions.shared import links
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.answer import Against
from wijkdata.questions.wijkprofiel import lines as wijkprofiel_lines
from wijkdata.questions.wijkprofiel import look_alikes as wijkprofiel_look_alikes
from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
from wijkdata.reference import gemeenten
from wijkdata.sources.reading.base import Context
from wijkdata.store.monitor import linked, queries, versions

LBM3 = "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv"
LBM2 = "lbm2-2016-klassen/wijk.json"
KWB = "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet"
KWB_NAMES = "kwb2020-84799NED-v3/cbs.v3.84799NED_WijkenEnBuurten.parquet"
KWB_2024 = "kwb2024-statline-nationaal/Kerncijfers_wijken_en_buurten_2024_geslachten.csv"
PDOK = "pdok-wijken-2024/wijken_2024.geojson"
WIJKEN_2016 = "wijken-2016/wijk_2016_6.geojson"
RIVM = "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv"
SES = "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv"
CATALOGUE = catalogue.load()
YEARS_OF_LBM3 = (2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022)
AMSTERDAM, EEMSDELTA, UTRECHT = "GM0363", "GM1979", "GM0344"
# publisher, figure, division of its codes, years
JOINED = [*[("lbm3", "lbm3_score", 2022, year) for year in YEARS_OF_LBM3], ("kwb", "inwoners", 2020, 2020)]
JOINED += [("kwb", "bijstand_1000", 2020, 2020)]


@pytest.fixture(scope="session")
def store(shared, tmp_path_factory):
    """All the files, borders of 2016 and 2024 among them."""
    folder = tmp_path_factory.mktemp("koppelingen")
    files = (LBM3, LBM2, KWB, KWB_NAMES, PDOK, WIJKEN_2016, RIVM, SES)
    importer.import_files([shared / name for name in files], folder, CATALOGUE)
    return versions.require(folder)


@pytest.fixture(scope="session")
def bare(shared, tmp_path_factory):
    """A store without a single border."""
    folder = tmp_path_factory.mktemp("zonder-grenzen")
    files = (LBM3, LBM2, RIVM, KWB, KWB_NAMES, KWB_2024)
    importer.import_files([shared / name for name in files], folder, CATALOGUE)
    return versions.require(folder)


@pytest.fixture(scope="session")
def pairs(shared):
    """Every pair of wijken of 2016 and 2024 that overlap: codes, names, gemeenten, and intersection over union in the plane of the
    Rijksdriehoek. Read from the files and cut here, with nothing of wijkdata."""
    then = drawn(shared / WIJKEN_2016, ("WKC", "WKN", "GMC"), None)
    now = drawn(
        shared / PDOK,
        ("wijkcode", "wijknaam", "gemeentecode"),
        pyproj.Transformer.from_crs(4326, 28992, always_xy=True),
    )
    one, two = then["shape"].to_numpy(), now["shape"].to_numpy()
    left, right = shapely.STRtree(two).query(one, predicate="intersects")
    common = shapely.area(shapely.intersection(one[left], two[right]))
    alike = common / (shapely.area(one)[left] + shapely.area(two)[right] - common)
    ends = [frame.drop(columns="shape").iloc[at].reset_index(drop=True).add_suffix(end)
            for frame, at, end in ((then, left, "_from"), (now, right, "_to"))]  # fmt: skip
    return pd.concat([*ends, pd.Series(alike, name="alike")], axis="columns")


def drawn(path, names, transformer):
    """code, name, municipality, shape (metres) of the wijken in a GeoJSON."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    rows = [[str(one["properties"][name]).strip() for name in names] for one in features]
    shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in features])
    if transformer is not None:
        shapes = shapely.transform(shapes, lambda points: np.column_stack(transformer.transform(*points.T)))
    frame = pd.DataFrame(rows, columns=["code", "name", "municipality"]).assign(shape=shapely.make_valid(shapes))
    frame["name"] = frame["name"].map(lambda name: re.sub(r"^Wijk \w\w (?=\S)", "", name))
    return frame[~frame["municipality"].isin(["GM0997", "GM0998", "GM0999"])].reset_index(drop=True)


@pytest.fixture(scope="session")
def published(shared):
    """file -> code, indicator, period -> value, as the reader gives it."""
    read = {}
    for name in (LBM3, KWB, RIVM, SES):
        path = shared / name
        found = sources.read(path, Context(CATALOGUE, other_files=tuple(sorted(path.parent.iterdir()))))
        read[name] = found.observations.set_index(["code", "indicator", "period"])["value"].dropna()
    return read


def one_to_one(store, year=2016):
    """The links of class A and B from wijken of this year to those of 2024."""
    rows = linked.links(store, Level.WIJK)
    return rows[(rows["year_from"] == year) & (rows["year_to"] == 2024) & rows["klass"].isin(["A", "B"])]


def with_overlap(rows, pairs):
    """The links with `alike`: how far the published borders agree, 0 where they do not touch."""
    return rows.merge(pairs[["code_from", "code_to", "alike"]], how="left", on=["code_from", "code_to"]).fillna(
        {"alike": 0.0}
    )


def shown(store, code):
    """(indicator, period) -> (value, reason, source) of one place now."""
    rows = queries.of_area(store, code)
    return {(row.indicator, row.period): (row.value, row.reason, row.source) for row in rows.itertuples()}


def bare_name(name):
    """A name that does not say which place it is."""
    return re.fullmatch(r"Wijk \w\w", name) is not None


# --- against the borders --------------------------------------------------------------------------------------------


def test_no_link_of_2016_goes_to_an_area_that_lies_elsewhere(store, pairs):
    found = with_overlap(one_to_one(store), pairs)
    print(f"\nmet grenzen: {len(found)} koppelingen A of B, overlap {found['alike'].min():.3f} of meer")
    assert len(found) > 2_300
    assert found[found["alike"] < 0.5]["code_from"].tolist() == []


def test_what_kept_border_gemeente_and_name_is_linked(store, pairs):
    same = pairs[(pairs["alike"] >= 0.95) & (pairs["municipality_from"] == pairs["municipality_to"])]
    same = same[same["name_from"] == same["name_to"]]
    found = same.merge(one_to_one(store), how="left", on=["code_from", "code_to"])["klass"].notna()
    print(f"\n{found.sum()} van {len(same)} wijken met dezelfde grens, gemeente en naam gekoppeld")
    assert len(same) > 1_600
    assert found.mean() >= 0.97


def test_amsterdam_gave_every_wijk_another_code(store):
    rows = one_to_one(store)
    assert (rows["code_from"].str.startswith("WK0363") & (rows["klass"] == "B")).sum() >= 80


def test_without_borders_no_link_of_2016_goes_to_an_area_that_lies_elsewhere(bare, pairs):
    rows = linked.links(bare, Level.WIJK)
    assert "grens" not in set(rows["evidence"])
    found = with_overlap(one_to_one(bare), pairs)
    right = pairs[pairs["alike"] >= 0.9]
    kept = right.merge(found, on=["code_from", "code_to"])
    print(f"\nzonder grenzen: {len(found)} koppelingen A of B van {found['code_from'].nunique()} wijken; overlap .9 of meer: "
          f"{(found['alike'] >= 0.9).mean():.1%}, minder dan .5: {(found['alike'] < 0.5).sum()}; van de {len(right)} paren "
          f"met dezelfde grens gevonden: {len(kept) / len(right):.1%}")  # fmt: skip
    assert len(found) >= 800
    assert found[found["alike"] < 0.5]["code_from"].tolist() == []


# --- the map of Amsterdam -------------------------------------------------------------------------------------------


def test_the_map_of_amsterdam_is_whole_and_shows_the_figures_of_the_file(store, published, pairs):
    found = kaart.answer(store, CATALOGUE, MapChoice(AMSTERDAM, Level.WIJK, "lbm3_score", 2022))
    values = found.figures.areas["published"].dropna()
    assert found.figures.areas["value"].notna().sum() >= 93
    assert found.borders.without == ()
    then = pairs[pairs["alike"] >= 0.9].set_index("code_to")["code_from"]
    file = published[LBM3].xs(("lbm3_score", 2022), level=("indicator", "period"))
    codes = {code: code.partition("@")[0] if "@" in code else then[code] for code in values.index}
    assert {code: file[old] for code, old in codes.items()} == values.to_dict()
    assert len(set(codes.values())) == len(codes), "no figure stands under two areas"
    of_then = file[file.index.str.startswith("WK0363")]
    assert set(of_then.index) - set(codes.values()) <= {code.partition("@")[0] for code in found.figures.areas.index}


# --- beside a join on the code alone --------------------------------------------------------------------------------


def joined_on_code(store, published, source, indicator, year):
    """(what a join on the code would show, what is shown now): code of the place -> value."""
    file = published[LBM3 if source == "lbm3" else KWB].xs((indicator, year), level=("indicator", "period"))
    places = queries.areas(store, Level.WIJK)["code"]
    rows = queries.published(store, indicator, Level.WIJK).dropna(subset="value")
    rows = rows[(rows["period"] == year) & (rows["source"] == source)]
    return file[file.index.isin(places)], rows.set_index("code")["value"]


@pytest.mark.parametrize(("source", "indicator", "division", "year"), JOINED)
def test_a_figure_that_a_join_on_the_code_showed_is_there_or_its_link_says_why_not(
    store, published, source, indicator, division, year
):
    by_code, now = joined_on_code(store, published, source, indicator, year)
    rows = linked.links(store, Level.WIJK)
    rows = rows[rows["year_from"] == division]
    classes = rows.groupby("code_from")["klass"].agg(set)
    gone = by_code.index.difference(now.index)
    both = by_code.index.intersection(now.index)
    other = both[~np.isclose(by_code[both], now[both], rtol=1e-12, atol=0)]
    kinds = classes.reindex([*gone, *other]).dropna().map(lambda found: "".join(sorted(found))).value_counts().to_dict()
    print(f"\n{source} {indicator} {year}: {len(now)} wijken met een cijfer, op code alleen {len(by_code)}; {len(gone)} niet meer, "
          f"{len(other)} een ander cijfer; klassen {kinds}")  # fmt: skip
    assert len(now) >= 0.97 * len(by_code)
    # B: the figure stands under the code that its area has now, and the place of the old code is another area.
    assert {
        code: classes.get(code) for code in [*gone, *other] if not (classes.get(code) or {"A"}) <= set("XDC?B")
    } == {}
    moved = rows[rows["klass"] == "B"].set_index("code_from")["code_to"]
    for code in [*gone, *other]:
        if code in moved.index:
            assert now[moved[code]] == pytest.approx(by_code[code], rel=1e-12), code


@pytest.mark.parametrize("telling", [True, False], ids=["a name that tells", "a bare Wijk 01"])
@pytest.mark.parametrize(("source", "indicator", "division", "year"), [JOINED[7], JOINED[8]])
def test_what_the_code_showed_rightly_is_still_there(
    store, published, shared, pairs, source, indicator, division, year, telling
):
    """The same code, name and border in 2016 and 2024, and the same code and name in the file itself."""
    file = shared / (LBM3 if source == "lbm3" else KWB_NAMES)
    names = sources.read(file, Context(CATALOGUE, other_files=tuple(sorted(file.parent.iterdir())))).areas.set_index(
        "code"
    )["name"]
    names = names.dropna().map(lambda name: re.sub(r"^Wijk \w\w (?=\S)", "", name))
    by_code, now = joined_on_code(store, published, source, indicator, year)
    same = pairs[(pairs["alike"] >= 0.9) & (pairs["code_from"] == pairs["code_to"])]
    same = same[(same["name_from"] == same["name_to"]) & (same["name_to"].map(bare_name) != telling)]
    right = [
        row.code_to
        for row in same.itertuples()
        if names.get(row.code_to) == row.name_to and row.code_to in by_code.index
    ]
    assert len(right) > (1_300 if telling else 10)
    assert [code for code in right if code not in now.index] == []
    assert [code for code in right if code in now.index and now[code] != by_code[code]] == []


# --- traced figures -------------------------------------------------------------------------------------------------


def test_heechterp_shows_no_health_figures_of_hempens(store, published):
    """WK008050 was Hempens/Teerns in 2016; its figures went to Heechterp & Schieringen."""
    assert published[RIVM]["WK008050", "eenzaam", 2016] > 0
    found = shown(store, "WK008050")
    for indicator in ("eenzaam", "ernstig_eenzaam", "regie", "gezondheid"):
        value, reason, source = found[indicator, 2016]
        assert (np.isnan(value), reason, source) == (True, "other_area", "rivm")
    assert "Hempens/Teerns" in links.why_missing(store, "WK008050", "other_area", 2016)


def test_de_hoven_shows_no_benefits_of_almere_buiten(store, published):
    assert shared_places.place(store, "WK003403").name == "De Hoven"
    assert published[KWB]["WK003403", "bijstand_1000", 2020] == pytest.approx(25.5, abs=0.05)
    value, reason, _ = shown(store, "WK003403")["bijstand_1000", 2020]
    assert np.isnan(value)
    assert "Almere Haven (100%)" in links.why_missing(store, "WK003403", reason, 2020), "that is where it lay"


def test_the_jordaan_has_every_figure_of_its_old_code(store, published):
    found = {key: value for key, (value, _, _) in shown(store, "WK0363AB").items() if not np.isnan(value)}
    expected, checked = {}, 0
    for file in (RIVM, SES, LBM3, KWB):
        own = published[file].loc["WK036306"]
        checked += len(own) > 0
        expected |= own.to_dict()
    assert checked == 4
    assert {key: found.get(key) for key in expected if key[0] != "inwoners"} == {
        key: value for key, value in expected.items() if key[0] != "inwoners"
    }
    # Inhabitants come from several files: of 2020 from the CBS alone.
    assert found["inwoners", 2020] == published[KWB]["WK036306", "inwoners", 2020]


def test_a_link_to_delfzijl_leads_to_eemsdelta(store):
    moved = links.moved(store, "GM0010")
    assert moved.code == EEMSDELTA
    assert "Eemsdelta" in moved.text and "2021" in moved.text


def test_eemsdelta_has_the_benefits_of_the_wijken_that_became_its_own(store, published):
    places = queries.areas(store, Level.WIJK)
    own = places[(places["municipality"] == EEMSDELTA) & ~places["water"]]["code"]
    file = published[KWB].xs(("bijstand_1000", 2020), level=("indicator", "period"))
    rows = linked.links(store, Level.WIJK, EEMSDELTA)
    rows = rows[(rows["year_from"] == 2020) & rows["klass"].isin(["A", "B"])].set_index("code_to")["code_from"]
    with_figure = {}
    for code in own:
        value, reason, _ = shown(store, code).get(("bijstand_1000", 2020), (float("nan"), None, None))
        if np.isnan(value):
            assert reason, f"{code} has neither a figure nor a reason"
        else:
            with_figure[code] = value
    assert len(with_figure) == 7
    assert all(rows[code][:6] in ("WK0010", "WK0024", "WK0003") for code in with_figure)
    assert with_figure == {code: file[rows[code]] for code in with_figure}


def test_of_utrecht_no_one_says_that_it_has_no_score_when_the_file_is_of_amsterdam(store):
    code = next(iter(queries.areas(store, Level.WIJK).query("municipality == @UTRECHT and not water")["code"]))
    row = next(
        row
        for row in wijkprofiel_spine.spine(store, CATALOGUE, code, Against.EVERYBODY).rows
        if row.indicator == "ses_woa"
    )
    assert np.isnan(row.value)
    assert wijkprofiel_spine.NOT_THERE in row.reason
    found = kaart.answer(store, CATALOGUE, MapChoice("NL", Level.WIJK, "ses_woa", 2019)).figures.areas
    mine = found[(found["municipality"] == UTRECHT) & ~found["water"].astype(bool)]
    assert len(mine) > 0
    assert set(mine["reason"]) == {"nothing"}


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        pytest.param(AMSTERDAM, ("GM0363", "GM0457"), id="Amsterdam with Weesp"),
        pytest.param("GM0014", ("GM0014",), id="Groningen, which was whole in 2020"),
    ],
)
def test_the_inhabitants_of_a_gemeente_are_those_of_its_whole_forebears(store, published, code, parts):
    together = sum(published[KWB][part, "inwoners", 2020] for part in parts)
    if code == AMSTERDAM:
        assert together == 872_757 + 19_738
    assert shown(store, code)["inwoners", 2020][0] == together


def test_a_wijk_that_was_another_gemeente_says_in_which_and_why_nothing_is_like_it(store):
    langedijk = next(
        place for place in shared_places.places_in(store, "GM1980", Level.WIJK) if place.name == "Zuid-Scharwoude"
    )

    assert links.why_missing(store, langedijk.code, "border_changed", 2020) == (
        "in 2020 met andere grenzen gemeten, binnen Wijk 00 in Langedijk (100%)"
    )
    lines = {line.pillar: line for line in wijkprofiel_lines.pillar_lines(store, CATALOGUE, langedijk.code).lines}
    assert lines["sociaal_economisch"].detail == (
        "in 2020 met andere grenzen gemeten, binnen Wijk 00 in Langedijk (100%)"
    )
    assert lines["veiligheid"].detail == "", "it has a score"
    assert wijkprofiel_look_alikes.alikes(store, CATALOGUE, langedijk.code).missing == (
        "Van Zuid-Scharwoude zijn 3 van de 5 kenmerken bekend en er zijn er 4 nodig; onbekend: eenpersoonshuishoudens en "
        "auto’s per huishouden."
    )


def test_only_gemeenten_that_are_still_there_can_be_chosen(store):
    codes = [one.code for one in shared_places.municipalities(store)]
    assert len(codes) == 342
    assert [code for code in codes if gemeenten.every()[code].until is not None] == []


# --- the export -----------------------------------------------------------------------------------------------------


def test_the_export_of_the_real_links_is_a_table_that_can_be_read(store, tmp_path):
    table = gegevens_links.table(store)
    table.to_csv(tmp_path / "koppelingen.csv", index=False)
    reading = sources.read(tmp_path / "koppelingen.csv", Context(CATALOGUE))
    assert reading.rows_read == len(table) > 3_000
    # Nothing in it was given by a table: wijkdata makes these links anew, by its own measure.
    assert len(reading.changes) == 0 and "maakt wijkdata zelf" in reading.notes[0]
