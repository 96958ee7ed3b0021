"""Reports from a file to the store, as a person reads them in: the command line, files together, recipes, and what is left of them."""

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely

from tests.app.running import page, words
from wijkdata import areas, catalogue, periods, settings
from wijkdata.__main__ import main
from wijkdata.areas import Level
from wijkdata.loading.figures import recipes
from wijkdata.questions.shared import finding, topics
from wijkdata.questions.signalen import question
from wijkdata.questions.signalen.answer import Scope
from wijkdata.store.monitor import queries, versions
from wijkdata.views.signalen import tables

WIJK = "WK970101"
SECRET = "Mijn achterbuurman van nummer 12 zet elke avond zijn vuilnis buiten"
HEAD = "identificatie;kanaal;hoofdcategorie;omschrijving;datum melding;longitude;latitude"


def middle(code: str) -> tuple[float, float]:
    drawn = json.loads((settings.EXAMPLE_DIR / "wijken-2024-fictief.geojson").read_text(encoding="utf-8"))
    shape = next(one["geometry"] for one in drawn["features"] if one["properties"]["wijkcode"] == code)
    point = shapely.from_geojson(json.dumps(shape)).representative_point()
    return round(point.x, 6), round(point.y, 6)


X, Y = middle(WIJK)
DAYS = [f"{day:%Y-%m-%d}" for day in pd.date_range("2024-01-01", "2024-03-31")]


def reports(category: str = "Kapotte bankjes") -> str:
    rows = [f"ZAAK-{n};app;{category};{SECRET};{day}T10:00:00;{X};{Y}" for n, day in enumerate(DAYS)]
    return "\n".join([HEAD, *rows, f"ZAAK-X;app;{category};{SECRET};2024-02-02;;", ""])


@pytest.fixture
def data(example_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example_data, tmp_path / "data")


def run(data: Path, *arguments: str | Path) -> int:
    return main(["--data-dir", str(data), *map(str, arguments)])


def file(tmp_path: Path, text: str, name: str = "meldingen.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def counts(data: Path, indicator: str, level: Level = Level.WIJK) -> dict[tuple[str, int], float]:
    rows = queries.observations(versions.require(data), [indicator], level)
    return {(row.code, row.period): row.value for row in rows.itertuples()}


OWN = "eigen_meldingen_kapotte_bankjes"


def test_reports_become_counts_of_an_own_indicator(data, tmp_path, capsys):
    assert run(data, "import", file(tmp_path, reports()), "--json") == 0
    (account,) = json.loads(capsys.readouterr().out)["files"]
    assert (account["rows_read"], account["rows_kept"]) == (92, 92)
    assert counts(data, OWN) == {(WIJK, 202401): 31, (WIJK, 202402): 29, (WIJK, 202403): 31}
    # What has no place is in the total of the gemeente, and in no wijk.
    assert counts(data, OWN, Level.GEMEENTE)["GM9701", 202402] == 30
    assert catalogue.of(data).indicators[OWN].over_areas == "sum"
    # The same file again changes nothing: the own indicator that it brought is no reason to read it anew.
    assert run(data, "import", file(tmp_path, reports()), "--json") == 0
    (account,) = json.loads(capsys.readouterr().out)["files"]
    assert account["state"] == "known"


def test_nothing_of_a_report_is_left_in_the_data_directory(data, tmp_path):
    text = reports() + f"ZAAK-9;app;{SECRET};{SECRET};{SECRET};{X};{Y}\n"
    assert run(data, "import", file(tmp_path, text, "geheim.csv")) == 0
    for path in data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in (SECRET, "achterbuurman", "ZAAK-", str(X)):
            assert secret.encode() not in content, (path.name, secret)
    export = tmp_path / "alles.csv"
    assert run(data, "export", OWN, "--level", "wijk", "-o", export) == 0
    assert "achterbuurman" not in export.read_text(encoding="utf-8")
    frame = versions.require(data).cursor().execute("SELECT * FROM rejected_row WHERE problem LIKE '%dag%'").df()
    assert len(frame) == 1 and frame["value"].isna().all()


def test_borders_may_come_in_the_same_call(tmp_path):
    files = [file(tmp_path, reports("Afval")), settings.EXAMPLE_DIR / "wijken-2024-fictief.geojson"]
    data = tmp_path / "leeg"
    assert run(data, "import", *files) == 0
    assert counts(data, "meldingen_afval")[WIJK, 202402] == 29


def test_without_borders_it_is_refused_with_what_to_do(tmp_path, capsys):
    assert run(tmp_path / "leeg", "import", file(tmp_path, reports())) == 2
    said = capsys.readouterr()
    assert "lees eerst de wijk- en buurtkaart in" in said.err + said.out
    assert not (tmp_path / "leeg" / "eigen").exists()


ACTING = ("<script>alert(1)</script>", '=HYPERLINK("http://x")', "![i](http://x/q.png)", "L" * 300)


def test_categories_that_would_act_are_text_on_signalen_and_in_its_table(data, tmp_path, monkeypatch):
    """Five reports a month for three years, then thirty: each becomes a signal, and no text of it does anything."""
    days = [
        (month, n)
        for month in pd.period_range("2021-01", "2024-06", freq="M")
        for n in range(5 if month.year < 2024 else 30)
    ]
    rows = [
        f"Z{number}-{month}-{n};app;{quoted(text)};x;{month}-{n % 28 + 1:02d}T10:00:00;{X};{Y}"
        for number, text in enumerate(ACTING)
        for month, n in days
    ]
    assert run(data, "import", file(tmp_path, "\n".join([HEAD, *rows, ""]))) == 0
    monitor = versions.require(data)
    found = question.without_register(monitor, monitor.catalogue, Scope("GM9701", Level.WIJK, 4.0), date(2024, 7, 15))
    names = {one.category for one in found.signals if one.code == WIJK}
    assert {
        "meldingen (<script>alert(1)</script>)",
        'meldingen (HYPERLINK("http://x"))',
        "meldingen (![i](http://x/q.png))",
    } <= names
    table = tables.signals(found)
    assert [cell for cell in table.to_numpy().ravel() if isinstance(cell, str) and cell[:1] in "=+-@" and cell] == []
    assert max(table["Onderwerp"].str.len()) < 60
    app = page("signalen", data, monkeypatch, gemeente="GM9701")
    assert "&lt;script&gt;alert(1)" in words(app) and "<script>" not in words(app)
    written = "".join(part.value for part in app.markdown)
    assert "q.png" in written and "![" not in written, "what grew with it is named as text"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


# --- a table that nobody knows ------------------------------------------------------------------------------------------


def unknown(place: str) -> str:
    """Reports under other headers: in metres, by name, or by code."""
    cells = {"lonlat": f"{X};{Y}", "name": "Zonnegaarde;", "code": f"{WIJK};"}[place]
    first = {"lonlat": "lengte;breedte", "name": "wijknaam;adres", "code": "gebied;adres"}[place]
    rows = [f"{n};{day[8:]}-{day[5:7]}-{day[:4]} 09:30;Losse tegel;{cells}" for n, day in enumerate(DAYS)]
    rows += [f"9{n};{day[8:]}-{day[5:7]}-{day[:4]} 09:30;Boom om;{cells}" for n, day in enumerate(DAYS)]
    return "\n".join([f"meldingnummer;ontvangen;soort melding;{first}", *rows, ""])


@pytest.mark.parametrize("place", ["lonlat", "name", "code"])
def test_a_proposal_for_a_table_of_reports_reads_it_in_and_the_next_one_by_itself(data, tmp_path, capsys, place):
    table, recipe = file(tmp_path, unknown(place), "meldingen vlierstede.csv"), tmp_path / "r.toml"
    assert run(data, "import", table) == 2
    assert "recipe make" in "".join(capsys.readouterr())
    assert run(data, "recipe", "make", table, "-o", recipe, "--gemeente", "GM9701") == 0
    assert "Kolom ‘ontvangen’ bevat dagen." in capsys.readouterr().err
    assert 'rows = "reports"' in recipe.read_text(encoding="utf-8")
    assert run(data, "import", table, "--recipe", recipe) == 0
    assert counts(data, "eigen_meldingen_losse_tegel")[WIJK, 202402] == 29
    later = file(tmp_path, unknown(place).replace("-2024", "-2023"), "later.csv")
    assert run(data, "import", later) == 0
    assert counts(data, "eigen_meldingen_boom_om")[WIJK, 202303] == 31
    assert run(data, "recipe", "list") == 0
    assert "meldingen, bron mor" in capsys.readouterr().out


def rolling(kind: str, months: range, leave_out: int = 0) -> str:
    """An export under other headers, a row per report or per count: two topics in every month, save one of them in one month."""
    topics = {"Losse tegel": 12, "Boom om": 20}
    told = [
        (month, topic, n)
        for month in months
        for topic, n in topics.items()
        if (topic, month) != ("Losse tegel", leave_out)
    ]
    if kind == "counts":
        rows = [f"2024-{month:02d};{WIJK};{topic};{n}" for month, topic, n in told]
        return "\n".join(["maand;wijk;categorie;aantal meldingen", *rows, ""])
    days = [(f"{day + 1:02d}-{month:02d}-2024 09:30", topic) for month, topic, n in told for day in range(n)]
    # Reports on the first and last day of its months: the export covers them whole.
    ends = [
        (f"{day}-2024 09:30", "Boom om")
        for day in (f"01-{months[0]:02d}", f"{28 if months[-1] == 2 else 30}-{months[-1]:02d}")
    ]
    rows = [f"{topic}{n};{day};{topic};{WIJK};x" for n, (day, topic) in enumerate([*days, *ends])]
    return "\n".join(["meldingnummer;ontvangen;soort melding;gebied;adres", *rows, ""])


@pytest.mark.parametrize("kind", ["reports", "counts"])
def test_a_rolling_export_read_by_a_recipe_takes_the_place_of_the_one_before(data, tmp_path, kind):
    """What the newer one no longer has in its months is gone, what lies before them stays, as with an export of the standard."""
    first, recipe = file(tmp_path, rolling(kind, range(1, 5)), "meldingen april.csv"), tmp_path / "r.toml"
    assert run(data, "recipe", "make", first, "-o", recipe) == 0
    assert run(data, "import", first, "--recipe", recipe) == 0
    indicator = "eigen_meldingen_losse_tegel"
    assert counts(data, indicator) == {(WIJK, 202400 + month): 12.0 for month in range(1, 5)}
    assert run(data, "import", file(tmp_path, rolling(kind, range(2, 7), leave_out=3), "meldingen juni.csv")) == 0
    known = {cell: value for cell, value in counts(data, indicator).items() if pd.notna(value)}
    assert known == {(WIJK, 202400 + month): 12.0 for month in (1, 2, 4, 5, 6)}


def test_counted_rows_per_month_are_added_and_their_zeros_kept(data, tmp_path):
    rows = [f"2024-{month:02d};{code};Groen;{10 * month}" for month in range(1, 13) for code in (WIJK, "WK970102")]
    table = file(
        tmp_path,
        "\n".join(
            ["maand;wijk;categorie;aantal meldingen", *rows, "2024-13;WK970103;Groen;4", f"2024-05;{WIJK};Wespen;0", ""]
        ),
    )
    recipe = tmp_path / "r.toml"
    assert run(data, "recipe", "make", table, "-o", recipe) == 0
    assert run(data, "import", table, "--recipe", recipe) == 0
    monitor = versions.require(data)
    runs = queries.editions(monitor)
    run_id = int(runs[runs["source"] == "mor"]["run_id"].iloc[0])
    rows = queries.observations(monitor, ["meldingen_groen"], Level.WIJK, run_id).set_index(["code", "period"])["value"]
    assert rows[WIJK, 202405] == 50
    zero = queries.observations(monitor, ["meldingen_overig"], Level.WIJK)
    assert zero["value"].tolist() == [0]
    assert not [one for one in runs[runs["run_id"] == run_id]["provisional"].iloc[0]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("rows =", "rows = 7 #"), "rows"),
        (('rows = "reports"', 'rows = "counts"'), "veld count"),
        (('date = "ontvangen"', 'date = "<b>"'), "‘<b>’ staat niet"),
        (('date = "ontvangen"', "date = 3"), "date"),
        (('x = "lengte"', 'x = ""'), "veld area"),
        (("version = 1", "version = 1\nsource = \"lbm3\""), "bron mor"),
        (("version = 1", "version = 1\nexec = \"rm\""), "exec"),
    ],
)  # fmt: skip
def test_a_recipe_for_reports_is_checked_field_by_field(data, tmp_path, change, words, capsys):
    table, recipe = file(tmp_path, unknown("lonlat")), tmp_path / "r.toml"
    assert run(data, "recipe", "make", table, "-o", recipe) == 0
    text = recipe.read_text(encoding="utf-8")
    assert change[0] in text
    recipe.write_text(text.replace(*change, 1), encoding="utf-8")
    capsys.readouterr()
    assert run(data, "import", table, "--recipe", recipe) == 2
    said = "".join(capsys.readouterr())
    assert words in said and said.strip().count("\n") == 0


def test_a_recipe_reads_no_other_table(data, tmp_path):
    recipe = tmp_path / "r.toml"
    assert run(data, "recipe", "make", file(tmp_path, unknown("lonlat")), "-o", recipe) == 0
    kept = recipes.take(data, str(recipe))
    other = file(tmp_path, "a;b\n1;2\n", "ander.csv")
    assert not recipes.reader(kept).recognises(other)
    assert run(data, "import", other, "--recipe", recipe) == 2


# --- other screens -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(example_data, tmp_path_factory):
    """The example, with an own category on top of its months."""
    folder = tmp_path_factory.mktemp("maanden")
    data = shutil.copytree(example_data, folder / "data")
    assert run(data, "import", file(folder, reports())) == 0
    return versions.require(data)


def monthly(monitor) -> set[str]:
    """The indicators of which there are months and no year."""
    rows = queries.of_areas(monitor, [WIJK])
    years = set(rows.loc[periods.are_years(rows["period"]), "indicator"])
    return set(rows["indicator"]) - years


def test_what_has_only_months_is_a_topic_of_no_screen_that_shows_years(both):
    only_months = monthly(both)
    assert {OWN, "meldingen_afval", "meldingen_jeugd"} <= only_months
    for level in (Level.WIJK, Level.BUURT):
        for offered in (topics.topics, topics.map_topics):
            assert not only_months & {one.id for one in offered(both, both.catalogue, "GM9701", level)}
    found = finding.find(both, "meldingen", "GM9701")
    assert not [one for one in found if one.id in only_months]


def test_an_own_category_never_touches_a_score(both):
    item = both.catalogue.indicators[OWN]
    assert item.role == "context" and item.pillar is None and areas.level_of(WIJK) is Level.WIJK
