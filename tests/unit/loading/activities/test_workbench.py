"""The werkbank of this computer: changed in what is kept at that moment, whole or not at all."""

import threading

import pytest

from wijkdata import limits
from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import workbench
from wijkdata.record.workbench import View

A, B = View("kaart?gemeente=GM9701", "Kaart", note="eerst"), View("kloof?gemeente=GM9701", "Kloof")


def test_views_are_put_on_it_noted_and_taken_off(tmp_path):
    assert workbench.kept(tmp_path) == ()
    workbench.put(tmp_path, A, B)
    workbench.note(tmp_path, B.link, "twee\nregels")
    assert [one.note for one in workbench.kept(tmp_path)] == ["eerst", "twee\nregels"]
    again = View(A.link, "Kaart, met nieuwe cijfers")
    first, _ = workbench.put(tmp_path, again)
    assert (first.title, first.note) == (again.title, "eerst")
    assert workbench.take_off(tmp_path, A.link, "is er niet") == workbench.kept(tmp_path) != ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["werkbank.json", "werkbank.lock"]


def test_two_windows_lose_nothing_of_each_other(tmp_path):
    windows = [threading.Thread(target=workbench.put, args=(tmp_path, View(f"kaart?jaar={n}", "K"))) for n in range(12)]
    for one in windows:
        one.start()
    for one in windows:
        one.join()
    assert len(workbench.kept(tmp_path)) == 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda folder: workbench.put(folder, View("https://ander.example", "x")), "geen adres van een pagina"),
        (lambda folder: workbench.note(folder, A.link, "bel 06-12345678"), "een telefoonnummer"),
        (lambda folder: workbench.put(folder, *(View(f"kaart?jaar={n}", "K") for n in range(100))), "hoogstens 100"),
    ],
)
def test_what_cannot_be_kept_is_a_sentence_and_changes_nothing(change, said, tmp_path):
    workbench.put(tmp_path, A)
    with pytest.raises(WijkdataError, match=said):
        change(tmp_path)
    assert workbench.kept(tmp_path) == (A,)


def test_what_it_keeps_can_always_be_read_again(tmp_path):
    """As many views as may be, each with the longest note: what is too large is refused when it is put there, not later."""
    long = "é" * limits.WORKBENCH_NOTE
    for number in range(limits.WORKBENCH_VIEWS):
        workbench.put(tmp_path, View(f"kaart?jaar={number}", "K", note=long))
    assert len(workbench.kept(tmp_path)) == limits.WORKBENCH_VIEWS


def test_a_damaged_werkbank_is_a_sentence_that_names_its_file(tmp_path):
    (tmp_path / workbench.FILE).write_bytes(b'{"soort": ')
    for act in (workbench.kept, lambda folder: workbench.put(folder, A)):
        with pytest.raises(WijkdataError, match=r"werkbank\.json: dit is geen bestand van een werkbank"):
            act(tmp_path)
    assert (tmp_path / workbench.FILE).read_bytes() == b'{"soort": '
