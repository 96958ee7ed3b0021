"""Every limit holds: at it things go on, just over it is one Dutch sentence; and there is no limit without an example here.

A limit of megabytes is made small for its example: what is tested is that what refuses asks `limits`, and what it says.
"""

import ast
import io
import socket
import threading
import time
import tomllib
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest

from tests import fetch_world
from tests.app.running import page, words
from tests.bad_files import KWB, kwb_metadata_file, own, zip_of
from tests.fetch_services import SLOW, Fault, Services
from tests.geo_examples import box, gp, gpkg, gpkg_layer
from tests.old_workbooks import ods
from tests.participation_examples import TODAY, activity
from tests.unit.sources.recipes.recipe_texts import TEXT
from wijkdata import catalogue, limits, sources
from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import register
from wijkdata.loading.figures import apart
from wijkdata.questions.shared import known_events
from wijkdata.questions.shared.known_events import Reads
from wijkdata.record import workbench
from wijkdata.record.fields import ACTIVITY, tables
from wijkdata.record.values import InvalidValueError, parse
from wijkdata.record.workbench import View
from wijkdata.settings import ROOT
from wijkdata.sources.fetch.client import Client, Stamps
from wijkdata.sources.reading import files, geopackage
from wijkdata.sources.reading import tables as reading
from wijkdata.sources.reading.base import Context
from wijkdata.sources.recipes import recipe
from wijkdata.store.participation import backups, contents
from wijkdata.views.gegevens import limits as drawing

ROW = "WK970101;vertrouwen;2014;61,5"
# As they are when no example makes one small.
REAL = {one.name: getattr(limits, one.name) for one in limits.listed()}
Act = Callable[[Path], object]


@dataclass(frozen=True)
class Example:
    """at, over: what goes on at the limit, and what is refused over it. small: limits as they are for the example."""

    at: Act
    over: Act
    words: str
    small: dict[str, float] = field(default_factory=dict)


def read(name: str, content: bytes, **others: bytes) -> Act:
    """Read a file with these bytes, and others beside it."""

    def act(folder: Path) -> object:
        paths = [folder / name, *(folder / other for other in others)]
        for path, data in zip(paths, (content, *others.values()), strict=True):
            path.write_bytes(data)
        return sources.read(paths[0], Context(catalogue.load(), other_files=tuple(sorted(folder.iterdir()))))

    return act


def table(name: str, content: bytes) -> Act:
    """Read a table, whatever it is about."""

    def act(folder: Path) -> object:
        (folder / name).write_bytes(content)
        return (reading.read_csv if name.endswith(".csv") else reading.read_workbook)(folder / name)

    return act


def opened(size: int) -> Act:
    """Open a zip with a part of so many nothings."""
    return lambda folder: files.check_zip(zip_of({"nul.csv": bytes(size)}), Path("veel.zip"))


def wide(columns: int, header: str = "k") -> bytes:
    return f"{';'.join(f'{header}{n}' for n in range(columns))}\n{';'.join('1' for _ in range(columns))}\n".encode()


def repeated(times: int) -> bytes:
    """An .ods with one row that stands for so many, and the empty rest of the sheet that every program adds."""
    parts = zipfile.ZipFile(io.BytesIO(ods({"a": [["naam"], ["x"], [None]]})))
    content, times_of = parts.read("content.xml"), b'<table:table-row table:number-rows-repeated="%d">'
    head, first, filled, empty = content.split(b"<table:table-row>")
    rows = head + b"<table:table-row>" + first + times_of % times + filled + times_of % 900_000 + empty
    return zip_of({name: parts.read(name) for name in parts.namelist()} | {"content.xml": rows})


def layer(rows: int, size: int = 0) -> bytes:
    shapes = [gp(box(number), 28992) + bytes(size) for number in range(rows)]
    cells = [[f"WK9701{number:02d}", f"wijk {number}"] for number in range(rows)]
    return gpkg({"wijken": gpkg_layer(["wijkcode TEXT", "wijknaam TEXT"], cells, shapes)})


def rises(count: int) -> Act:
    """Read a table of so many known rises."""
    one = [("noord", f"{2000 + n // 12 % 20}-{n % 12 + 1:02d}", "2024-12") for n in range(count)]
    frame, reads = (
        pd.DataFrame(one, columns=["gebied", "van", "tot"]),
        Reads({"noord": "noord"}, lambda _: 1, "2024-03", {}),
    )
    return lambda folder: known_events.read(frame, "bekend.csv", reads)


def clock_watched(act: Act) -> Act:
    """The same, with the clock looked at after every step: a small map is read before the first look."""

    def watched(folder: Path) -> object:
        with patch.object(geopackage, "_STEPS", 1):
            return act(folder)

    return watched


def recipe_of(data: bytes) -> Act:
    return lambda folder: recipe.parse(data, "eigen.toml")


def headers(count: int) -> bytes:
    names = ", ".join(f'"kop {n}"' for n in range(count - 3))
    return TEXT.replace('"jaar"]', f'"jaar", {names}]').encode()


def uses(bytes_used: int = 0, seconds: float = 0.0, waits: float = 0.0, size: int = 0) -> Act:
    """Read in the process apart a file of this size that takes this much."""

    def act(folder: Path) -> object:
        path = folder / "veel.csv"
        path.write_bytes(bytes(size))
        with patch.multiple(limits, **REAL):
            apart.call(path, takes, 0, 0, 0)  # it has started
        return apart.call(path, takes, bytes_used, seconds, waits)

    return act


def takes(bytes_used: int, seconds: float, waits: float) -> None:
    """What a reader may do with a hostile file."""
    kept = b"x" * bytes_used
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    time.sleep(waits or (0.3 if kept else 0))


def typed(kind: str, text: str) -> Act:
    """Type this in the first field of a kind."""

    def act(folder: Path) -> object:
        spec = next(spec for spec in tables()["count"].fields + tables()[ACTIVITY].fields if spec.kind == kind)
        try:
            return parse(spec, text)
        except InvalidValueError as error:
            raise WijkdataError(f"Activiteiten: {error.problem}; {error.remedy}.") from error

    return act


def checks_copy(folder: Path) -> object:
    """Check a copy of a register with one activity, which was made before the limit was small."""
    with patch.multiple(limits, **REAL):
        register.save(folder, activity("a1"), "invoer", TODAY)
        backups.write(folder, folder / "kopie.duckdb")
    return backups.check(folder / "kopie.duckdb")


def checks_copy_here(folder: Path) -> object:
    """The same, in this process: a limit that is made small here is not so in another one."""
    with patch.object(backups, "_examine_apart", contents.examine):
        return checks_copy(folder)


def fetched(*faults: Fault, real: bool = False) -> Act:
    """Ask a service on this computer for a page, which goes wrong in these ways. real: with every limit as it is."""

    def act(folder: Path) -> object:
        as_they_are = patch.multiple(limits, **REAL) if real else nullcontext()
        with Services(fetch_world.world(months=1)) as services, as_they_are:
            services.faults += faults
            with Client({services.host}, threading.Event(), waits=0.01) as client:
                return client.json(f"http://{services.host}/{PAGE}")[0]

    return act


def fetched_whole(size: int) -> Act:
    """Fetch a whole file of this size."""

    def act(folder: Path) -> object:
        with Services(fetch_world.world(months=1)) as services:
            services.faults.append(Fault("/bestand", body=bytes(size), headers={"Content-Type": "application/zip"}))
            with Client({services.host}, threading.Event(), waits=0.01) as client:
                return client.file(f"http://{services.host}/bestand", folder / "f.zip", Stamps(), lambda *_: None)

    return act


def fetched_at_a_shut_door(folder: Path) -> object:
    """Ask a service that lets a connection in and then says nothing, so that it never becomes a safe one."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        host = f"127.0.0.1:{door.getsockname()[1]}"
        with Client({host}, threading.Event(), waits=0.01) as client:
            return client.json(f"https://{host}/{PAGE}")


def sent_on(times: int) -> Act:
    """Ask for a page that sends on so often."""
    return fetched(Fault(PAGE, redirect=f"/{PAGE}", times=times))


def werkbank(views: int, note: str = "") -> Act:
    """Read a werkbank of so many views."""
    data = workbench.written(tuple(View(f"kaart?jaar={number}", "Kaart", note=note) for number in range(views)))
    return lambda folder: workbench.read(data, "werkbank.json")


PAGE = "ODataFeed/odata/84799NED/UntypedDataSet"
EMPTY = b'{"value": []}'
SLOWLY = Fault(PAGE, what=SLOW, times=99)
GOOD = read("goed.csv", own(ROW))
CBS = "99999NED_TypedDataSet.parquet"
MB = limits.MEGABYTE
EXAMPLES = {
    "FILE": Example(GOOD, read("groot.csv", own(*[ROW] * 99)), "dit bestand is groter dan", {"FILE": 1_000}),
    "UNPACKED": Example(opened(49_999), opened(50_000), "uitgepakt te groot", {"UNPACKED": 49_999}),
    "RATIO": Example(opened(30_000), opened(300_000), "uitgepakt te groot", {"RATIO_FROM": 0, "RATIO": 400}),
    "RATIO_FROM": Example(opened(899_999), opened(900_000), "uitgepakt te groot", {"RATIO_FROM": 899_999}),
    "PARTS": Example(GOOD, read("z.zip", zip_of({f"{n}.csv": b"x" for n in range(2_001)})), "2.001 onderdelen"),
    "DESCRIPTION": Example(
        read(CBS, KWB, **kwb_metadata_file()),
        read(CBS, KWB, **kwb_metadata_file(Description="x" * 2 * MB)),
        "van welk jaar",
    ),
    "RECIPE": Example(recipe_of(TEXT.encode()), recipe_of(TEXT.encode() + b"#" * MB), "te groot voor een recept"),
    "RECIPE_ENTRIES": Example(recipe_of(headers(5_000)), recipe_of(headers(5_001)), "headers"),
    "CELLS": Example(table("t.csv", wide(3)), table("t.csv", wide(4)), "te groot om in te lezen", {"CELLS": 6}),
    "REPEATED": Example(table("t.ods", repeated(50_001)), table("t.ods", repeated(50_002)), "dezelfde rij 50.002 keer"),
    "COLUMNS": Example(table("t.csv", wide(5_000)), table("t.csv", wide(5_001)), "5.001 kolommen"),
    "HEADER": Example(
        table("t.csv", wide(2, "k" * 1_999)), table("t.csv", wide(2, "k" * 2_000)), "geen rij met kolomnamen"
    ),
    "CELL": Example(
        table("t.csv", wide(2) + b"x" * 131_072 + b";1\n"),
        table("t.csv", wide(2) + b"x" * 131_073 + b";1\n"),
        "een cel van meer dan 131.072 tekens",
    ),
    "LINE": Example(
        table("t.csv", wide(101) + b";".join([b"x" * 49_503] * 101)),
        table("t.csv", wide(101) + b";".join([b"x" * 49_504] * 101)),
        "een regel van 5 miljoen tekens",
    ),
    "RISES": Example(rises(5_000), rises(5_001), "geef hooguit 5.000 stijgingen"),
    "MAP_ROWS": Example(read("k.gpkg", layer(3)), read("k.gpkg", layer(4)), "te veel rijen", {"MAP_ROWS": 3}),
    "SHAPE": Example(read("k.gpkg", layer(1)), read("k.gpkg", layer(1, 2 * MB)), "een cel van meer dan", {"SHAPE": MB}),
    "MAP_SECONDS": Example(GOOD, clock_watched(read("k.gpkg", layer(3))), "duurt te lang", {"MAP_SECONDS": 0}),
    "MEMORY": Example(uses(), uses(500 * MB), "meer geheugen dan de 500 MB", {"MEMORY": 500 * MB}),
    "MEMORY_PER_MEGABYTE": Example(
        uses(200 * MB, size=MB),
        uses(600 * MB, size=MB),
        "meer geheugen dan de 600 MB",
        {"MEMORY": 400 * MB, "MEMORY_PER_MEGABYTE": 200 * MB},
    ),
    "SECONDS": Example(uses(), uses(seconds=9.0), "meer tijd dan de 1 seconden", {"SECONDS": 1.0}),
    "SECONDS_PER_MEGABYTE": Example(
        uses(seconds=1.5, size=MB),
        uses(seconds=9.0, size=MB),
        "meer tijd dan de 3 seconden",
        {"SECONDS": 1.0, "SECONDS_PER_MEGABYTE": 2.0},
    ),
    "WAITING": Example(uses(), uses(waits=60.0), "meer tijd dan de 15 seconden", {"WAITING": 0.1}),
    "FETCHED_PAGE": Example(
        fetched(Fault(PAGE, body=EMPTY)),
        fetched(Fault(PAGE, body=EMPTY + b" ")),
        "geeft meer dan",
        {"FETCHED_PAGE": len(EMPTY)},
    ),
    "FETCHED_FILE": Example(
        fetched_whole(1_000), fetched_whole(1_001), "geeft een bestand van meer dan", {"FETCHED_FILE": 1_000}
    ),
    "FETCH_CONNECT": Example(fetched(), fetched_at_a_shut_door, "traag of zwijgt, na 5", {"FETCH_CONNECT": 0.5}),
    "FETCH_SILENCE": Example(fetched(), fetched(SLOWLY), "traag of zwijgt, na 5", {"FETCH_SILENCE": 0.5}),
    "FETCH_SECONDS": Example(fetched(real=True), fetched(), "is traag, na 5 pogingen", {"FETCH_SECONDS": 0.0}),
    "FETCH_TRIES": Example(
        fetched(Fault(PAGE, status=500, times=4)), fetched(Fault(PAGE, status=500, times=5)), "na 5 pogingen"
    ),
    "FETCH_REDIRECTS": Example(sent_on(3), sent_on(4), "(code 302)"),
    "NUMBER": Example(typed("whole", "999999999"), typed("whole", "1000000000"), "een getal onder een miljard"),
    "FIRST_YEAR": Example(typed("date", "1-1-1900"), typed("date", "31-12-1899"), "het jaar 1899 kan niet"),
    "LAST_YEAR": Example(typed("date", "31-12-2100"), typed("date", "1-1-2101"), "het jaar 2101 kan niet"),
    "COPY": Example(GOOD, checks_copy, "geen hele reservekopie", {"COPY": 1_000}),
    "COPY_SECONDS": Example(GOOD, checks_copy, "geen hele reservekopie", {"COPY_SECONDS": 0.01}),
    "CHANGES": Example(GOOD, checks_copy_here, "geen hele reservekopie", {"CHANGES": 0}),
    "LETTERS": Example(GOOD, checks_copy_here, "geen hele reservekopie", {"LETTERS": 10}),
    "WORKBENCH": Example(werkbank(1), werkbank(1, "x" * 999), "te groot voor een werkbank", {"WORKBENCH": 999}),
    "WORKBENCH_VIEWS": Example(werkbank(100), werkbank(101), "101 beelden"),
    "WORKBENCH_NOTE": Example(werkbank(1, "x" * 2_000), werkbank(1, "x" * 2_001), "hier passen 2.000 tekens"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_at_the_limit_it_goes_on_and_over_it_one_sentence_says_so(name, tmp_path, monkeypatch):
    example = EXAMPLES[name]
    for one, most in example.small.items():
        monkeypatch.setattr(limits, one, most)
    example.at(tmp_path)
    with pytest.raises(WijkdataError) as refused:
        example.over(tmp_path)
    sentence = str(refused.value)
    assert example.words in sentence and len(sentence.splitlines()) == 1
    assert sentence.endswith(".") and ";" in sentence, "it says how to mend it"


def test_what_the_server_takes_is_what_is_said():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] * limits.MEGABYTE == limits.UPLOAD


@pytest.mark.parametrize(("name", "button"), [("gegevens", "Lees in"), ("activiteiten", "Kijk na")])
def test_too_much_at_once_is_said_and_not_begun(name, button, tmp_path, monkeypatch):
    register.save(tmp_path, activity("a1"), "invoer", TODAY)
    app = page(name, tmp_path, monkeypatch, **({"beeld": "uitwisselen"} if name == "activiteiten" else {}))
    for most, begins in ((19, False), (20, True)):
        monkeypatch.setattr(limits, "UPLOADS", most)
        app.file_uploader[0].set_value([("a.csv", b"x" * 10, "text/csv"), ("b.csv", b"y" * 10, "text/csv")]).run()
        assert next(one.disabled for one in app.button if one.label == button) is not begins
        assert ("Deze bestanden zijn samen" in words(app)) is not begins


def test_no_field_takes_a_paste_without_an_end(tmp_path, monkeypatch):
    """40,000 letters in a field kept the server busy for half a minute."""
    asks = [line for file in (ROOT / "wijkdata" / "ui").rglob("*.py") for line in without_end(file)]
    assert asks == []


def without_end(file: Path) -> list[str]:
    """The calls of text_input and text_area in a file that do not say how much they take."""
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    fields = [one for one in calls if getattr(one.func, "attr", "") in ("text_input", "text_area")]
    return [
        f"{file.name}:{one.lineno}" for one in fields if "max_chars" not in {keyword.arg for keyword in one.keywords}
    ]


ELSEWHERE = {
    "UPLOAD": test_what_the_server_takes_is_what_is_said,
    "UPLOADS": test_too_much_at_once_is_said_and_not_begun,
    "TYPED": test_no_field_takes_a_paste_without_an_end,
}


def test_every_limit_is_listed_and_has_an_example():
    written = {name for name, value in vars(limits).items() if name.isupper() and isinstance(value, int | float)}
    assert {one.name for one in limits.listed()} == written - {"MEGABYTE"}
    assert {one.name for one in limits.listed()} == EXAMPLES.keys() | ELSEWHERE.keys()


def test_gegevens_says_each_as_it_is_now(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "COLUMNS", 4_321)
    app = page("gegevens", tmp_path, monkeypatch)
    said = words(app)
    assert ">Kolommen</td><td>4.321<" in said and ">250 MB<" in said and ">15 s<" in said and ">150 keer<" in said
    assert all(f">{about}<" in said for _, rows in drawing.rows() for about, _ in rows)
