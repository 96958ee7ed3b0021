"""A file that no reader takes: what it seems to be, and what to do. Never a list of what is known."""

import pytest

from tests.bad_files import parquet, xlsx, zip_of
from wijkdata.errors import InputError
from wijkdata.sources import recognise
from wijkdata.sources.reading.names import look_translated


def refusal(path):
    with pytest.raises(InputError) as refused:
        recognise(path)
    (problem,) = refused.value.problems
    return problem.sentence()


WIJKEN = "wijk;inwoners;groen\nCentrum;100;2,5\nNoord;200;3,5\n"
MADE = {
    "rows per person": (b"client_nr;wijk;uren\n1;Noord;3\n2;Noord;4\n", ("rijen per persoon", "client_nr", "nooit", "tel de personen")),
    "birth dates": (b"wijk;geboortedatum;zorg\nNoord;1-2-1960;ja\n", ("rijen per persoon", "geboortedatum")),
    "questions": (b"id;vraag;antwoord\n1;Hoe oud bent u;jaren\n2;Waar woont u;straat\n", ("omschrijvingen zonder cijfers", "vraag en antwoord")),
    "codes and figures": (b"wijkcode;sportveld;speeltuin\nWK970101;3;4\nWK970102;5;6\n", ("gebieden (kolom wijkcode)", "sportveld en speeltuin", "pagina Gegevens", "recipe make")),
    "codes only": (b"wijkcode;naam;x\nWK970101;A;\nWK970102;B;\n", ("gebieden en geen cijfers", "onderwerpen")),
    "names and figures": (WIJKEN.encode(), ("namen van gebieden (kolom wijk)", "zonder gebiedscodes")),
    "a header only": (b"wijk;inwoners;groen\n", ("een kop en geen rijen",)),
    "postcodes": (b"pc4;inwoners\n5611;300\n5612;400\n", ("per postcode (kolom pc4)", "per buurt of per wijk")),
    "no areas": (b"merk;aantal\nFiets;3\nBoot;4\n", ("tabel zonder gebieden", "merk en aantal")),
    "translated by a browser": (b"wijk;Total\nMill hill;3\nNew forest;4\nOuter area of X;5\n", ("vertaald", "Mill hill", "vertalen van de pagina uit")),
    "a title above it": (b"Cijfers van ons\n\nwijk;n;m\nNoord;1;2\nZuid;3;4\nBron: wij\n", ("namen van gebieden (kolom wijk)",)),
    "rows are counted": (b",wijk,n\n1,Noord,3\n2,Zuid,4\n", ("namen van gebieden (kolom wijk)",)),
    "votes": (b"META\nkey;value\nunit;Voorbeeld\nPROJECTS\nproject_id;cost\n1;2\nVOTES\nvoter_id;vote\n1;1\n", ("burgerbegroting", "Activiteiten")),
    "json": (b'{"naam": "iets"}', ("JSON zonder cijfers per gebied", "GeoPackage")),
    "a zip of letters": (zip_of({"brief.txt": b"Beste"}), ("zonder cijfers of grenzen", "‘brief.txt’", "pak de zip uit")),
    "parquet": (parquet({"wijkcode": ["WK970101"], "bomen": [5]}), ("gebieden (kolom wijkcode)", "bomen")),
    "workbook of prose": (xlsx(("Beste collega",), ("Zie bijlage",)), ("een bestand zonder tabel", "kolomnamen")),
    "the largest table speaks": (xlsx(("Uitleg",), (), ("wijkcode", "bomen"), ("WK970101", 3), ("WK970102", 5)), ("gebieden (kolom wijkcode)",)),
    "cut is said first": (b"wijk;n;m\nNoord;1;2\nZui", ("afgekapt",)),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), MADE.values(), ids=MADE)
def test_what_it_seems_to_be_and_what_to_do(content, words, tmp_path):
    path = tmp_path / "bestand"
    path.write_bytes(content)
    sentence = refusal(path)

    assert all(word in sentence for word in words), sentence
    assert "bekend zijn" not in sentence and len(sentence) < 420


@pytest.mark.parametrize("made", ["codes and figures", "names and figures", "votes"])
def test_what_to_type_is_said_in_a_command_line_and_not_on_a_screen(made, tmp_path):
    path = tmp_path / "bestand"
    path.write_bytes(MADE[made][0])
    with pytest.raises(InputError) as refused:
        recognise(path)
    (problem,) = refused.value.problems

    assert " (of met ‘python -m wijkdata " in problem.sentence() and problem.sentence() == str(refused.value)
    assert "python" not in problem.sentence(on_screen=True) and "op de pagina" in problem.sentence(on_screen=True)


REAL = {
    "bbga-metadata/metadata_utf8.csv": "omschrijvingen zonder cijfers",
    "signalen-voorbeeld/input.csv": "rijen per persoon (kolom case_id)",
    "signalen-voorbeeld/outbreaks_aggregated.csv": "zonder gebieden",
    "breda-buurten-lokale-codes/nuisance.csv": "vertaald",
    "breda-buurten-lokale-codes/population.csv": "namen van gebieden (kolom region)",
    "breda-buurten-lokale-codes/Housing Prices 2015-2022.csv": "namen van gebieden (kolom neighborhood)",
    "breda-buurten-lokale-codes/proximity.csv": "namen van gebieden (kolom zones)",
    "wijkpanel-2009-2022/df_numeric_ver_6.csv": "gebieden (kolom WKC)",
    "burgerbegroting-assen-amsterdam/netherlands_assen_2024_.pb": "burgerbegroting",
    "mor-ods-standaard/BOR_MELD_referentie_tabel.xlsx": "zonder gebieden",
}


@pytest.mark.parametrize(("name", "words"), REAL.items(), ids=REAL)
def test_a_real_file_is_named_for_what_it_is(name, words, shared):
    assert words in refusal(shared / name)


@pytest.mark.parametrize(
    ("names", "odd"),
    [
        (["Heksenwiel", "Haagpoort", "Chassé", "City", "Sportpark", "Station"], []),
        (["Witch wheel", "Bark mill", "Mill end east", "Haagpoort"], ["Witch wheel", "Bark mill", "Mill end east"]),
        (["Outer area", "Haagpoort", "Belcrum"], []),
        (["Buiten\u200bgebied A", "Buiten\u200bgebied B", "Buiten\u200bgebied C"], 3),
        (["Hillegersberg", "Newtonbuurt", "Churchilllaan", "Fieldlab", "Streekweg"], []),
    ],
)
def test_names_that_a_browser_translated_are_named(names, odd):
    found = look_translated(names)
    assert found == odd or len(found) == odd
