"""The werkbank: views collected with a note, handed on as a file, opened by somebody else."""

import pytest

from tests.browser import harness, looking
from tests.spec.test_no_text_acts import EVIL
from wijkdata.loading.activities import sessions, workbench
from wijkdata.questions.werksessie import question
from wijkdata.record import workbench as files
from wijkdata.record.workbench import View
from wijkdata.store.monitor import versions

pytestmark = pytest.mark.browser

NOTE, PERSON = "Voor de wethouder: **let op**", "Bel Jan op 06-12345678"


def press(screen, name):
    looking.answered(screen, screen.page.get_by_role("button", name=name, exact=True).click)


@pytest.fixture
def data(own_data):
    """The example with a session that is open, to write in."""
    sessions.start(own_data, "VS-02", "invoer")
    return own_data


def test_views_go_on_the_werkbank_into_a_file_and_to_somebody_else(data, chromium, tmp_path):
    with harness.serve(data) as url:
        screen = harness.open_page(chromium, f"{url}/kloof?gemeente=GM9701", maps=False)
        title = looking.title(screen)
        press(screen, "Leg op werkbank")
        field = screen.page.get_by_label("Notitie, zonder namen")
        field.fill(PERSON)
        press(screen, "Leg dit beeld erop")
        (refused,) = screen.page.get_by_test_id("stAlert").all_inner_texts()
        assert "in een notitie staat geen persoon" in refused and "06-12345678" in refused
        assert workbench.kept(data) == () and field.input_value() == PERSON
        field.fill(NOTE)
        press(screen, "Leg dit beeld erop")
        (view,) = workbench.kept(data)
        assert (view.page, view.title, view.note) == ("kloof", title, NOTE)
        assert view.stand == versions.require(data).stamp

        screen.visit(f"{url}/uitleg", maps=False)
        press(screen, "Werkbank")
        with screen.page.expect_download() as download:
            screen.page.get_by_role("button", name="Haal werkbank op").click()
        assert download.value.suggested_filename.startswith("wijkdata_werkbank_")
        mine = files.read(download.value.path().read_bytes(), "w.json")
        assert mine == (view,)

        # Somebody else's: a gemeente that is not here, texts that would like to act, and one file that is none.
        theirs = (View("overzicht?gemeente=GM0193", EVIL[:300], "Zwolle", EVIL), *mine)
        dialog = screen.page.get_by_role("dialog")
        for name, body in (("stuk.json", b"[" * 9_999), ("hunne.json", files.written(theirs))):
            (tmp_path / name).write_bytes(body)
            dialog.locator("input[type=file]").set_input_files(tmp_path / name)
            screen.settle(maps=False)
            said = dialog.inner_text()
            assert workbench.kept(data) == mine, "nothing is kept until that is asked"
            if body.startswith(b"["):
                assert "stuk.json: dit is geen bestand van een werkbank" in said
        assert "In dit bestand: 2 beelden" in said and "Hier niet ingelezen: Zwolle." in said
        assert "**vet7**" in said and dialog.locator("img, code, .katex").count() == 0
        press(screen, "Leg alles op mijn werkbank")
        assert {one.link for one in workbench.kept(data)} == {one.link for one in theirs}
        press(screen, "Zet alles in werksessie")
        dialog.get_by_text("Staat nu in").wait_for()
        put = {figure.link for one in question.listing(data) if one.state != sessions.CLOSED
               for figure in question.session(data, versions.current(data), one.id).figures}  # fmt: skip
        assert {one.link for one in theirs} <= put

        dialog.get_by_role("link", name=title).click()
        screen.page.wait_for_url("**/kloof?**")
        screen.settle(maps=False)
        assert looking.title(screen) == title and looking.warnings(screen) == []
        assert screen.complaints() == [] and screen.outside_requests() == []
        screen.close()
