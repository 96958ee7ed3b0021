"""What leaves a page: of every figure of every page a sheet with its title, its place, its source and, where invented, "fictief"."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.app.running import page
from wijkdata import catalogue
from wijkdata.ui import blocks, leaving, reporting
from wijkdata.views.shared import citing, memo, paper

PAGES = [
    ("overzicht", {}, ["tegels", "van_naar"]),
    ("kaart", {"wijk": "WK970104"}, ["kaart"]),
    ("kaart", {"weergave": "verandering"}, ["kaart"]),
    ("wijkprofiel", {"wijk": "WK970104"}, ["spine", "pijlers", "lijn"]),
    ("kloof", {}, ["kloof"]),
    ("activiteiten", {}, ["register"]),
    ("voor-en-na", {"activiteit": "VB-01"}, ["voor_na"]),
    ("gegevens", {}, ["dekking"]),
]


@pytest.mark.parametrize(("name", "query", "keys"), PAGES, ids=[f"{name}-{len(query)}" for name, query, _ in PAGES])
def test_every_figure_leaves_with_what_it_says(name, query, keys, example_data: Path, monkeypatch: pytest.MonkeyPatch):
    made: dict[str, Callable[[], paper.Sheet]] = {}
    about, cited, reports = {}, {}, []

    def taken(frame, file_name, key, taken=None):
        if taken and taken.pictured and taken.figure.drawings:
            made[key] = leaving._sheet(taken.figure)
            about[key] = leaving._about(taken.figure, file_name)
            cited[key] = citing.citation(taken.figure.cited or taken.figure.sources, date(2026, 11, 30))

    monkeypatch.setattr(leaving, "downloads", taken)
    monkeypatch.setattr(reporting, "offer", lambda name, make: reports.append((name, make)))
    app = page(name, example_data, monkeypatch, **query)
    for key in keys:
        app.session_state[f"tabel_{key}"] = True
    app.run()
    assert not app.exception and set(keys) <= set(made)
    for key in keys:
        sheet = made[key]()
        svg = paper.svg(sheet)
        assert sheet.fictional and ">fictief<" in svg
        assert sheet.title and sheet.where.startswith(
            ("Overzicht", "Kaart", "Wijkprofiel", "Kloof", "Activiteiten", "Voor", "Geg")
        )
        assert sheet.source and "undefined" not in svg and ">NaN<" not in svg
        assert memo.text(about[key]).startswith(sheet.title)
        assert cited[key].startswith("Bron") and cited[key].endswith("; geraadpleegd op 30 november 2026.")
    assert bool(reports) is (name in ("wijkprofiel", "voor-en-na"))
    for named, make in reports:
        report = make()  # as at a click: outside the page
        assert report.name == named and report.mark == "fictief" and len(report.sections) > 4
        assert _named(report.licence) == _named(" ".join(one.source for one in report.sections)) != set()


def _named(text: str) -> set[str]:
    """The sources that a text names."""
    return {entry.short for entry in catalogue.load().sources.values() if entry.short in text}


HERE = {"gemeente": "GM0344"}
LINES = [
    *(("example_data", name, query) for name, query, _ in PAGES),
    *(("example_data", "signalen", {}), ("example_data", "gegevens", {"niveau": "buurt"})),
    *(("real_data", name, HERE) for name in ("overzicht", "kaart", "wijkprofiel", "kloof", "signalen", "gegevens")),
]


@pytest.mark.parametrize(("data", "name", "query"), LINES)
def test_every_source_line_has_in_its_fields_what_it_names(data, name, query, request, monkeypatch):
    """What may be done with a figure is told by the ids, never by a word in the line: so they are of the same sources."""
    lines: list[tuple[str, tuple[str, ...]]] = []
    draw = blocks.source

    def source(line, short="", of=()):
        lines.append((line, of) if isinstance(line, str) else (line.text, line.sources))
        draw(line, short, of)

    monkeypatch.setattr(blocks, "source", source)
    app = page(name, request.getfixturevalue(data), monkeypatch, **query)
    assert not app.exception and lines
    shorts = {id: entry.short for id, entry in catalogue.load().sources.items()}
    for text, ids in lines:
        assert _named(text) == {shorts[id] for id in ids}, text


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ((), ""),
        (("lbm3",), "Leefbaarometer 3.0 (BZK): {lbm3}"),
        (("lbm3", "kwb", "lbm3"), "Kerncijfers wijken en buurten (CBS): {kwb}; Leefbaarometer 3.0 (BZK): {lbm3}"),
        (("unknown",), ""),
    ],
)
def test_licences_are_those_of_the_sources_themselves(ids, expected):
    sources = catalogue.load().sources
    lines = expected.format(**{id: entry.licence for id, entry in sources.items()}).split("; ")
    assert sorted(citing.licences(catalogue.load(), ids).split("; ")) == sorted(lines)


def test_the_expander_says_that_there_is_a_picture(example_data: Path, monkeypatch: pytest.MonkeyPatch):
    labels = {one.label for one in page("overzicht", example_data, monkeypatch).expander}
    assert blocks.TABLE_AND_PICTURE in labels
