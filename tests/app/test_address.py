"""The address bar by itself: what a link means, what a choice writes, and what is remembered between runs."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from wijkdata.ui import address

COLOURS = ["rood", "groen", "blauw"]


def _frame(screen: dict) -> None:
    """A run of a page: its name and its drawing can change between two runs."""
    from wijkdata.ui import address

    address.begin(screen["page"])
    screen["draw"]()
    address.finish()


def opened(draw: Callable[[], object], page: str = "proef", **query: str) -> AppTest:
    """A page with this drawing, run once at this address; `app.args[0]` is the screen."""
    app = AppTest.from_function(_frame, args=({"page": page, "draw": draw},), default_timeout=30)
    return visited(app, **query)


def visited(app: AppTest, **query: str) -> AppTest:
    """Run at another address, as a link or the back button does."""
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def went_to(app: AppTest, page: str, draw: Callable[[], object]) -> AppTest:
    """Another page of the same session, which keeps the address."""
    app.args[0].update(page=page, draw=draw)
    return app.run()


def query(app: AppTest) -> dict[str, str]:
    """What the address bar says."""
    return {name: values[0] if isinstance(values, list) else values for name, values in app.query_params.items()}


def texts(app: AppTest) -> list[str]:
    """What the page said with `st.text`."""
    return [one.value for one in app.text]


def colour() -> str:
    """A choice of a colour, and what cannot be used."""
    picked = address.choose("kleur", "Kleur", COLOURS, "rood", str.upper)
    st.text(f"{picked} {address.misses()}")
    return picked


def test_a_link_opens_its_choice_and_is_left_as_it_is():
    app = opened(colour, kleur="groen", oud="1")
    assert app.selectbox(key="w_kleur").value == "groen"
    assert query(app) == {"kleur": "groen", "oud": "1"}


def test_a_choice_goes_into_the_address_and_the_default_out_of_it():
    app = opened(colour)
    app.selectbox(key="w_kleur").select("blauw").run()
    assert query(app) == {"kleur": "blauw"}
    app.selectbox(key="w_kleur").select("rood").run()
    assert query(app) == {}


def test_a_default_that_depends_on_other_choices_is_in_the_address_too():
    app = opened(lambda: (address.choose("kleur", "Kleur", COLOURS, "rood", always=True), colour_of_paper()))
    app.selectbox(key="w_papier").select("grijs").run()
    assert query(app) == {"kleur": "rood", "papier": "grijs"}


def colour_of_paper() -> str:
    """A second choice."""
    return address.choose("papier", "Papier", ["wit", "grijs"], "wit")


def test_an_unknown_value_is_reported_until_somebody_makes_another_choice():
    app = opened(colour, kleur="paars")
    assert app.selectbox(key="w_kleur").value == "rood"
    assert texts(app) == ["rood {'kleur': ['paars']}"]
    assert texts(app.run()) == ["rood {'kleur': ['paars']}"]
    app.selectbox(key="w_kleur").select("blauw").run()
    assert texts(app) == ["blauw {}"]


def test_the_back_button_brings_the_choice_back():
    app = opened(colour, kleur="groen")
    app.selectbox(key="w_kleur").select("blauw").run()
    assert texts(visited(app, kleur="groen")) == ["groen {}"]
    assert texts(visited(app)) == ["rood {}"]


def test_only_shared_choices_follow_to_another_page():
    def first() -> None:
        address.choose("gemeente", "Gemeente", ["GM1", "GM2"], "GM1")
        colour()
        st.text(str(address.shared_params()))

    app = opened(first, kleur="groen")
    app.selectbox(key="w_gemeente").select("GM2").run()
    assert texts(app)[-1] == "{'gemeente': 'GM2'}"
    went_to(app, "leeg", lambda: st.text(str(address.shared_params())))
    assert texts(app) == ["{'gemeente': 'GM2'}"]
    went_to(app, "proef", first)
    assert app.selectbox(key="w_gemeente").value == "GM2"


def test_a_former_code_leads_to_the_current_one_and_is_mentioned_until_another_choice():
    def draw() -> None:
        address.lead(lambda code: ("blauw", "Indigo heet nu blauw.") if code == "indigo" else None)
        colour()
        st.text(" ".join(address.led()))

    app = opened(draw, kleur="indigo")
    assert texts(app) == ["blauw {}", "Indigo heet nu blauw."]
    assert query(app) == {"kleur": "indigo"}
    app.selectbox(key="w_kleur").select("groen").run()
    assert query(app) == {"kleur": "groen"}
    assert texts(app.run()) == ["groen {}", ""]


def test_a_choice_that_is_another_name_is_replaced_and_mentioned():
    def draw() -> None:
        if address.choose("kleur", "Kleur", [*COLOURS, "indigo"], "rood") == "indigo":
            address.lead_on("kleur", "blauw", "Indigo heet nu blauw.")
        colour_of_paper()
        st.text(" ".join(address.led()))

    app = opened(draw)
    app.selectbox(key="w_kleur").select("indigo").run()
    assert app.selectbox(key="w_kleur").value == "blauw"
    assert (query(app), texts(app)) == ({"kleur": "blauw"}, ["Indigo heet nu blauw."])
    app.selectbox(key="w_papier").select("grijs").run()
    assert texts(app.run()) == [""]


def test_a_callback_plans_the_choice_of_the_page_that_follows():
    def draw() -> None:
        st.button("Meng", on_click=address.plan, args=("kleur", "groen"))
        colour()

    app = opened(draw, kleur="blauw")
    app.button[0].click().run()
    assert (texts(app), query(app)) == (["groen {}"], {"kleur": "groen"})


def test_a_program_makes_a_choice_and_the_page_runs_again():
    def draw() -> None:
        if colour() == "rood":
            address.set_choice("kleur", "blauw")

    app = opened(draw)
    assert texts(app) == ["blauw {}"]


def test_a_suggestion_holds_where_the_address_says_nothing():
    def draw() -> None:
        if address.asked("tint"):
            address.suggest("kleur", "blauw")
        colour()

    assert texts(opened(draw, tint="zee")) == ["blauw {}"]
    assert texts(opened(draw, tint="zee", kleur="groen")) == ["groen {}"]
    app = opened(draw, tint="zee")
    app.selectbox(key="w_kleur").select("groen").run()
    assert texts(app) == ["groen {}"]


def test_what_is_typed_belongs_to_one_subject():
    subject = {"of": "a"}
    app = opened(lambda: st.text(address.write("grens", "Grens", "1", subject["of"])), grens="5")
    assert texts(app) == ["5"]
    app.text_input(key="w_grens").set_value(" 7 ").run()
    assert (texts(app), query(app)) == (["7"], {"grens": "7"})
    subject["of"] = "b"
    assert texts(app.run()) == ["1"]


def test_a_text_without_a_widget_is_kept_and_belongs_to_one_subject():
    subject = {"of": "a"}

    def draw() -> None:
        st.text(address.keep_text("zonder", subject["of"]))
        st.button("Erbij", on_click=address.plan, args=("zonder", "x;y"))

    app = opened(draw, zonder="x")
    assert texts(app) == ["x"]
    app.button[0].click().run()
    assert (texts(app), query(app), texts(app.run())) == (["x;y"], {"zonder": "x;y"}, ["x;y"])
    subject["of"] = "b"
    assert texts(app.run()) == [""]


def test_several_choices_are_one_text_and_too_many_are_reported():
    def draw() -> None:
        st.text(str(address.choose_many("kleuren", "Kleuren", COLOURS, limit=2)))
        st.text(str(address.misses()))

    app = opened(draw, kleuren="groen,paars,groen,rood,blauw")
    assert texts(app) == ["['groen', 'rood']", "{'kleuren': ['paars', 'blauw']}"]
    app.multiselect(key="w_kleuren").set_value(["rood", "blauw"]).run()
    assert (query(app), texts(app)) == ({"kleuren": "rood,blauw"}, ["['rood', 'blauw']", "{}"])
    assert texts(visited(app, kleuren="groen"))[0] == "['groen']"
    assert texts(visited(app))[0] == "[]"


def test_a_choice_without_a_widget_and_one_that_no_choice_asks_for():
    def draw() -> None:
        st.text(address.hold("open", ["", "a"]))
        address.miss_unasked(["open", "elders"])
        st.text(str(address.misses()))

    assert texts(opened(draw, open="a", elders="b")) == ["a", "{'elders': ['b']}"]


def test_presenting_draws_no_widget_and_keeps_the_choices():
    def draw() -> None:
        address.switch_presenting()
        st.text(f"{colour()} {address.presenting()} {address.value('kleur')} {address.value('nooit')}")

    app = opened(draw, kleur="groen", presenteren="1")
    assert texts(app)[-1] == "groen True groen None"
    assert not app.selectbox


def test_a_copied_link_writes_the_defaults_too():
    def draw() -> None:
        colour()
        address.choose_many("kleuren", "Kleuren", COLOURS)
        address.hold("open", ["", "a"])
        st.text(str(address.full_query()))

    assert texts(opened(draw, kleuren="groen,rood"))[-1] == "{'kleur': 'rood', 'kleuren': 'groen,rood'}"


def test_an_offer_to_another_page_holds_for_one_run():
    once = [{"jaar": "2020"}]

    def draw() -> None:
        if once:
            address.offer("kaart", once.pop())
        st.text(str(address.offered("kaart")))

    app = opened(draw)
    assert texts(app) == ["{'jaar': '2020'}"]
    assert texts(app.run()) == ["{}"]


def test_everything_is_remembered_under_one_key():
    def draw() -> None:
        address.write("grens", "Grens", "1")
        address.keep_text("zonder")
        address.choose_many("kleuren", "Kleuren", COLOURS)
        st.text(str([key for key in st.session_state if not str(key).startswith("w_")]))

    assert texts(opened(draw)) == ["['_address']"]


def years() -> None:
    """A year of which the default depends on the colour: what rood offers, groen and blauw offer too."""
    newest = {"rood": "2020", "groen": "2024", "blauw": "2022"}[address.choose("kleur", "Kleur", COLOURS, "rood")]
    offered = ["2018", "2020", *([] if newest == "2020" else ["2022"]), *(["2024"] if newest == "2024" else [])]
    year = address.choose("jaar", "Jaar", offered, newest)
    typed = address.write("grens", "Grens", f"onder {newest}")
    st.text(f"{year} {typed}")


@pytest.mark.parametrize(
    ("clicks", "same_as"),
    [
        pytest.param([("kleur", "groen")], {"kleur": "groen"}, id="a default follows another choice"),
        pytest.param([("kleur", "groen"), ("kleur", "blauw")], {"kleur": "blauw"}, id="twice"),
        pytest.param([("kleur", "groen"), ("kleur", "rood")], {}, id="there and back"),
        pytest.param(
            [("jaar", "2018"), ("kleur", "groen")], {"kleur": "groen", "jaar": "2018"}, id="what was chosen stays"
        ),
        pytest.param(
            [("kleur", "groen"), ("jaar", "2018")], {"kleur": "groen", "jaar": "2018"}, id="in the other order"
        ),
        pytest.param(
            [("kleur", "groen"), ("jaar", "2020")], {"kleur": "groen", "jaar": "2020"}, id="what was a default"
        ),
    ],
)
def test_the_same_choices_mean_the_same_in_any_order_and_in_a_link(clicks, same_as):
    app = opened(years)
    for name, value in clicks:
        app.selectbox(key=f"w_{name}").set_value(value).run()
    assert (query(app), texts(app)) == (same_as, texts(opened(years, **same_as)))


def test_what_is_said_of_a_link_is_said_until_another_choice():
    def draw() -> None:
        address.say("De cijfers zijn nieuwer.")
        colour()
        st.text(str(address.led()))

    app = opened(draw, kleur="groen")
    assert texts(app)[-1] == "['De cijfers zijn nieuwer.']"
    app.selectbox(key="w_kleur").set_value("blauw").run()
    assert texts(app.run())[-1] == "[]"
