"""The harness sees what the browser tests rely on it to see: each test shows it a page that is wrong in one way."""

import base64

import pytest

from tests.browser import harness

pytestmark = pytest.mark.browser


def page_with(body):
    html = f"<!doctype html><html lang='nl'><head><title>proef</title></head><body><main><h1>Proef</h1>{body}</main></body></html>"
    return "data:text/html;base64," + base64.b64encode(html.encode()).decode()


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("<p>niets</p>", []),
        ("<img alt='' src='https://tegels.invalid/1.png'>", ["https://tegels.invalid/1.png"]),
        ("<img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", []),
        ("<script>fetch('http://127.0.0.1:9/hier').catch(() => 0)</script>", []),
        ("<script>new WebSocket('ws://praat.invalid/')</script>", ["ws://praat.invalid/"]),
        (
            "<script>new Worker(URL.createObjectURL(new Blob([\"fetch('https://werker.invalid/').catch(() => 0)\"])))</script>",
            ["https://werker.invalid/"],
        ),
    ],
    ids=["nothing", "image", "inner image", "this machine", "websocket", "worker"],
)
def test_a_request_outside_is_seen(open_address, body, asked):
    screen = open_address(page_with(body), settle=False)
    screen.page.wait_for_timeout(500)
    assert screen.outside_requests() == asked


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("<script>console.log('gewoon')</script>", ""),
        ("<script>console.error('au')</script>", "au"),
        ("<script>setTimeout(() => { throw new Error('niet gevangen') })</script>", "niet gevangen"),
    ],
    ids=["log", "error", "exception"],
)
def test_an_error_in_the_console_is_heard(open_address, body, heard):
    screen = open_address(page_with(body), settle=False)
    screen.page.wait_for_timeout(300)
    assert (screen.complaints() == []) if not heard else (heard in screen.complaints()[0])


def test_only_the_probe_of_streamlit_is_no_complaint():
    said = "Failed to load resource: the server responded with a status of 404 (Not Found) [http://127.0.0.1:8501/{}]"
    screen = harness.Screen(page=None, context=None)
    ours = [said.format("app/static/geo/weg.json"), said.format("kaart/_stcore/stream"), "kaart/_stcore/health is weg"]
    screen.console_errors = [said.format("kaart/_stcore/health"), said.format("kaart/_stcore/host-config"), *ours]
    assert screen.complaints() == ours


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<p>gewone tekst</p>", []),
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", ["image-alt"]),
        ("<p style='color:#bbb;background:#fff'>bleek</p>", ["color-contrast"]),
        ("<button></button>", ["button-name"]),
    ],
    ids=["fine", "no alt", "pale", "no name"],
)
def test_axe_finds_what_is_wrong(open_address, body, rules):
    screen = open_address(page_with(body), settle=False)
    assert [violation["id"] for violation in screen.axe()] == rules


@pytest.mark.parametrize(("width", "overflow"), [(300, 0), (500, 110)])
def test_sideways_scrolling_is_measured(open_address, width, overflow):
    body = f"<style>body{{margin:0}}</style><div style='width:{width}px;height:10px'></div>"
    screen = open_address(page_with(body), width=390, height=700, settle=False)
    assert screen.horizontal_overflow() == overflow


APP = """
import time, altair, pandas, streamlit as st
st.title("Begin")
time.sleep(1)
frame = pandas.DataFrame({"x": [1, 2], "y": [2, 1]})
for _ in range(4):
    st.altair_chart(altair.Chart(frame).mark_line().encode(x="x", y="y").properties(height=400))
if st.button("Verder"):
    time.sleep(1)
    st.write("Verder gegaan")
st.write("Einde")
"""


def test_settled_means_that_the_script_has_run_and_the_charts_are_drawn(tmp_path, open_address):
    (tmp_path / "app.py").write_text(APP, "utf-8")
    with harness.serve(tmp_path, app=tmp_path / "app.py") as url:
        screen = open_address(url)
        assert screen.page.get_by_text("Einde").count() == 1
        drawn = screen.page.locator('[data-testid="stVegaLiteChart"]').locator("canvas, svg.marks")
        assert drawn.count() >= 4
        screen.page.get_by_role("button", name="Verder").click()
        screen.settle()
        assert screen.page.get_by_text("Verder gegaan").count() == 1
        screen.full_page(tmp_path / "heel.png")
        assert screen.page.viewport_size["height"] > 1600
        assert screen.page.get_by_text("Einde").bounding_box()["y"] < screen.page.viewport_size["height"]


REMEMBERED = """() => ({
  stored: [Object.keys(localStorage), Object.keys(sessionStorage)],
  cookies: document.cookie.split('; ').map((one) => one.split('=')[0]),
  history: history.length, paper: matchMedia('print').matches, width: innerWidth,
})"""


def test_a_screen_that_is_used_again_is_that_of_somebody_new(example_server, chromium):
    address = f"{example_server}/uitleg"
    screen = harness.open_page(chromium, address, maps=False)
    new = screen.page.evaluate(REMEMBERED)
    screen.visit(f"{example_server}/kloof", width=390, scheme="dark", maps=False)
    screen.page.evaluate("() => { localStorage.x = sessionStorage.x = document.cookie = 'x=1' }")
    screen.page.emulate_media(media="print")
    used = screen.page.evaluate(REMEMBERED)
    assert [name for name in new if used[name] == new[name]] == []

    screen.forget()
    screen.visit(address, maps=False)

    assert screen.page.evaluate(REMEMBERED) == new
    screen.close()
