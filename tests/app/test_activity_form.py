"""The form of an activity with a real store: what is typed is kept, what is wrong is named, two people do not collide."""

import json
from dataclasses import replace

import pytest
from activity_form_examples import AREA, TODAY, TYPED, record, saved

from tests.app.running import page, words
from wijkdata.loading.activities import drafts, register
from wijkdata.store.participation import registers


def form(data, monkeypatch, **query):
    return page("activiteiten", data, monkeypatch, **(query or {"bewerk": "nieuw"}))


def widget(app, name: str, table: str = "activity"):
    """The widget of a field; of a child table the one of its last row."""
    return [
        one
        for kind in (app.text_input, app.text_area, app.selectbox, app.multiselect)
        for one in kind
        if one.key and one.key.startswith("veld|") and one.key.split("|")[2] == table and one.key.endswith(f"|{name}")
    ][-1]


def fill(app, typed=TYPED, table="activity"):
    for name, text in typed.items():
        widget(app, name, table).set_value(text)
        run(app)
    return app


def press(app, label: str):
    next(button for button in app.button if button.label == label).click()
    return run(app)


def run(app):
    """AppTest forgets what a browser remembers: which part is open."""
    for name in getattr(app, "opened", ()):
        app.session_state[f"deel_{name}"] = True
    return app.run()


def wrong(app) -> list[str]:
    return [part.proto.body for part in app.get("html") if 'class="wd-wrong"' in part.proto.body]


def open_part(app, name: str):
    app.opened = (name,)
    return run(app)


def only(directory):
    found = registers.records(directory)
    assert len(found) == 1
    return next(iter(found.values()))


def test_the_required_fields_come_first_and_the_rest_is_folded(tmp_path, monkeypatch):
    app = form(tmp_path, monkeypatch)

    assert not app.exception and app.title[0].value == "Nieuwe activiteit"
    labels = [one.label for kind in (app.text_input, app.text_area, app.selectbox) for one in kind]
    assert sum(label.endswith(" *") for label in labels) == 8
    assert "Aangevraagd (euro)" not in labels
    assert "Aangevraagd (euro)" in [one.label for one in open_part(app, "kosten").text_input]
    assert [one.label for one in app.expander] == [
        *("Tijd", "Wie en hoe", "Kosten", "Bewijs"),
        *("Doelen", "Tellingen", "Groepen", "Organisaties", "Uitkomsten", "Tijdlijn", "Verbanden"),
    ]
    assert not (tmp_path / "concepten").exists(), "looking is not typing"


def test_a_new_activity_is_saved_once_and_shown(tmp_path, monkeypatch):
    app = fill(form(tmp_path, monkeypatch))
    press(app, "Voeg toe: gebied")
    fill(app, AREA, "area")
    press(app, "Bewaar")

    assert not app.exception
    stored = only(tmp_path)
    assert stored.values["title"] == TYPED["title"] and stored.values["entered_by"] == "beleidsadviseur"
    assert stored.values["cost_asked"] is None, "empty is unknown"
    assert app.success[0].value == "**Bewaard.**" and "Koffie in de Brink" in app.title[0].value
    assert drafts.ids(tmp_path) == []


def test_every_value_is_on_disk_at_once_and_comes_back(tmp_path, monkeypatch):
    app = form(tmp_path, monkeypatch)
    widget(app, "title").set_value("Een begin").run()
    widget(app, "start_planned").set_value("morgen").run()

    (draft_id,) = drafts.ids(tmp_path)
    assert app.query_params["concept"] == [draft_id] or app.query_params["concept"] == draft_id
    again = form(tmp_path, monkeypatch, bewerk="nieuw", concept=draft_id)
    assert (widget(again, "title").value, widget(again, "start_planned").value) == ("Een begin", "morgen")
    assert "Concept bewaard om" in words(again)
    assert wrong(again) == [
        '<p class="wd-wrong" role="alert">Dit is geen datum; schrijf dag-maand-jaar, bijvoorbeeld 31-12-2025.</p>'
    ]


def test_the_same_draft_in_two_windows_loses_nothing(tmp_path, monkeypatch):
    here = form(tmp_path, monkeypatch)
    fill(here, {"title": "Hier"})
    there = form(tmp_path, monkeypatch, bewerk="nieuw", concept=drafts.ids(tmp_path)[0])
    fill(there, {"description": "Daar"})
    fill(here, {"start_planned": "01-03-2027"})

    assert [widget(here, name).value for name in ("title", "description", "start_planned")] == [
        "Hier",
        "Daar",
        "01-03-2027",
    ]


def test_a_draft_is_offered_and_thrown_away_after_asking(tmp_path, monkeypatch):
    widget(form(tmp_path, monkeypatch), "title").set_value("Een begin").run()
    app = form(tmp_path, monkeypatch)
    assert "Een begin (nieuw), laatst getypt om" in words(app)
    press(app, "Ga verder")
    assert widget(app, "title").value == "Een begin"

    press(app, "Gooi concept weg")
    assert drafts.ids(tmp_path), "it asks first"
    press(app, "Ja, gooi weg")
    assert drafts.ids(tmp_path) == [] and widget(app, "title").value == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Dit is verplicht en het is leeg; vul het in."),
        ({"start_planned": "31-02-2024"}, "Dit is geen datum; schrijf dag-maand-jaar"),
        ({"description": "Bel 06 12345678"}, "Hier staat een telefoonnummer: ‘06 12345678’; haal het weg"),
        ({"description": "mail jan@wijk.nl"}, "Hier staat een e-mailadres: ‘jan@wijk.nl’"),
        ({"description": "nummer 123456782"}, "een nummer dat een BSN kan zijn: ‘123456782’"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(tmp_path, monkeypatch, changes, said):
    app = fill(form(tmp_path, monkeypatch), {**TYPED, **changes})
    press(app, "Voeg toe: gebied")
    fill(app, AREA, "area")
    press(app, "Bewaar")

    assert registers.records(tmp_path) == {}
    assert any(said in one for one in wrong(app)), wrong(app)
    assert app.error[0].value.startswith("**Nog niet bewaard: 1 ding klopt niet.**")
    for name, text in {**TYPED, **changes}.items():
        assert widget(app, name).value == text
    fill(app, {name: TYPED[name] for name in changes})
    assert not app.error, "mended is no longer said"
    press(app, "Bewaar")
    assert only(tmp_path).values["title"] == TYPED["title"]


def test_a_wrong_field_in_a_folded_part_is_opened(tmp_path, monkeypatch):
    app = fill(form(tmp_path, monkeypatch), {**TYPED, "status": "gestopt"})
    press(app, "Voeg toe: gebied")
    fill(app, AREA, "area")
    press(app, "Bewaar")

    assert "Bij Gestopt en Afgelast hoort een reden; schrijf in één zin waarom." in " ".join(wrong(app))
    assert app.session_state["deel_tijd"], "it is opened"
    app.opened = ("tijd",)
    fill(app, {"stop_reason": "Te weinig mensen."})
    press(app, "Bewaar")
    assert only(tmp_path).values["stop_reason"] == "Te weinig mensen."


def test_a_small_group_is_never_on_disk_and_the_form_says_what_is_hidden(tmp_path, monkeypatch):
    rows = {"count": [{"date": "01-04-2024", "method": "geteld", "participants": "33"}]}
    stored = saved(tmp_path, rows)
    app = open_part(form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja"), "group")
    for group, number in (("leeftijd_0_17", "3"), ("leeftijd_18_34", "30")):
        press(app, "Voeg toe: groep")
        fill(app, {"date": "01-04-2024", "trait": "leeftijd", "class": group, "number": number}, "group")
    assert [row["number"] for row in drafts.listing(tmp_path)[0].rows["group"]] == ["<5", "30"]
    press(app, "Bewaar")

    assert [row["number"] for row in only(tmp_path).rows["group"]] == ["<5", "verborgen"]
    said = app.success[0].value
    assert "minder dan 5 zijn: 0 tot en met 17 jaar." in said and "uit te rekenen: 18 tot en met 34 jaar." in said


def test_rows_are_added_removed_and_put_back(tmp_path, monkeypatch):
    rows = {"timeline": [{"date": "01-04-2024", "kind": "mijlpaal", "text": "Eerste keer"}]}
    stored = saved(tmp_path, rows)
    app = open_part(form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja"), "timeline")
    assert "1 april 2024 · Mijlpaal · Eerste keer" in words(app)
    press(app, "Haal weg")
    assert "Eerste keer" not in words(app)
    press(app, "Zet terug: gebeurtenis")
    assert "Eerste keer" in words(app)
    press(app, "Wijzig")
    fill(app, {"text": "De eerste keer"}, "timeline")
    press(app, "Bewaar")
    assert only(tmp_path).rows["timeline"][0]["text"] == "De eerste keer"


def test_the_order_of_the_pillars_is_the_order_of_choosing(tmp_path, monkeypatch):
    stored = saved(tmp_path)
    app = form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja")
    two = app.multiselect[0].options[:2]
    codes = list(app.multiselect[0].options)
    app.multiselect[0].set_value([code_of(codes[1]), code_of(codes[0])]).run()
    press(app, "Bewaar")

    assert [(row["rank"], row["pillar"]) for row in only(tmp_path).rows["pillar"]] == [
        (1, code_of(two[1])),
        (2, code_of(two[0])),
    ]


def code_of(title: str) -> str:
    from wijkdata.catalogue import load

    return next(code for code, pillar in load().pillars.items() if title in (code, pillar.title))


AIM = {"indicator": "vertrouwen", "direction": "op", "judge_at": "31-12-2027"}


def test_an_aim_is_free_before_the_start(tmp_path, monkeypatch):
    stored = saved(tmp_path, {"aim": [AIM]}, status="gepland", start_planned="01-01-2090")
    app = open_part(form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja"), "aim")
    press(app, "Wijzig")
    fill(app, {"direction": "neer"}, "aim")
    press(app, "Bewaar")
    assert [(row["version"], row["direction"]) for row in only(tmp_path).rows["aim"]] == [(1, "neer")]


def test_after_the_start_an_aim_only_gets_a_newer_version(tmp_path, monkeypatch):
    stored = saved(tmp_path, {"aim": [AIM]})
    app = open_part(form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja"), "aim")
    labels = [button.label for button in app.button]
    assert "Wijzig" not in labels and "Haal weg" not in labels and "Voeg toe: doel" not in labels
    assert "Versie 1, vastgelegd op" in words(app) and "na de start" in words(app)
    press(app, next(label for label in labels if label.startswith("Nieuwe versie: ")))
    fill(app, {"direction": "neer", "judge_at": "31-12-2028"}, "aim")
    press(app, "Bewaar")
    assert [(row["version"], row["direction"]) for row in only(tmp_path).rows["aim"]] == [(1, "op"), (2, "neer")]


def other_saves(tmp_path, stored, role="wijkmanager", **values):
    """Somebody else changes the activity while the form is open."""
    newest = registers.get(tmp_path, stored.id)
    changed = record(stored.id, **values)
    return register.save(tmp_path, replace(changed, version=newest.version), role, TODAY)


def test_two_people_choose_field_by_field(tmp_path, monkeypatch):
    stored = saved(tmp_path)
    app = form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja")
    fill(app, {"title": "Mijn titel", "description": "Mijn tekst."})
    other_saves(tmp_path, stored, title="Hun titel", initiator="school")
    press(app, "Bewaar")

    text = words(app)
    assert "Iemand anders heeft deze activiteit veranderd" in text and "Wijkmanager, " in text
    for part in ("Koffie in de Brink", "Hun titel", "Mijn titel", "Was: ‘Bewoner(s)’. Nu: ‘School’."):
        assert part in text
    assert [(one.label, one.value) for one in app.radio] == [("Wat bewaart u bij Titel?", None)]
    press(app, "Bewaar deze keuzes")
    assert only(tmp_path).version == 2 and "Kies een van de twee." in words(app)
    app.radio[0].set_value("theirs").run()
    press(app, "Bewaar deze keuzes")

    now = only(tmp_path)
    assert (now.version, now.values["title"], now.values["description"], now.values["initiator"]) == (
        *(3, "Hun titel", "Mijn tekst."),
        "school",
    )
    assert drafts.ids(tmp_path) == []


def test_a_third_change_in_between_asks_again(tmp_path, monkeypatch):
    stored = saved(tmp_path)
    app = form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja")
    fill(app, {"title": "Mijn titel"})
    other_saves(tmp_path, stored, title="Hun titel")
    press(app, "Bewaar")
    app.radio[0].set_value("mine").run()
    other_saves(tmp_path, stored, title="Nog een titel")
    press(app, "Bewaar deze keuzes")
    assert only(tmp_path).values["title"] == "Nog een titel" and app.radio[0].value is None
    app.radio[0].set_value("mine").run()
    press(app, "Bewaar deze keuzes")
    assert only(tmp_path).values["title"] == "Mijn titel"


def test_what_is_right_apart_and_wrong_together_goes_back_to_the_form(tmp_path, monkeypatch):
    stored = saved(tmp_path, status="afgerond", start_actual="01-03-2020")
    app = open_part(form(tmp_path, monkeypatch, activiteit=stored.id, bewerk="ja"), "tijd")
    fill(app, {"end_actual": "01-06-2021"})
    other_saves(tmp_path, stored, status="loopt", start_actual="01-03-2020")
    press(app, "Bewaar")
    press(app, "Bewaar deze keuzes")
    assert any("De status is Loopt" in one for one in wrong(app)) and widget(app, "end_actual").value == "01-06-2021"
    fill(app, {"status": "afgerond"})
    press(app, "Bewaar")
    assert only(tmp_path).values["status"] == "afgerond"


def test_a_disk_that_refuses_the_draft_loses_nothing(tmp_path, monkeypatch):
    (tmp_path / "concepten").write_text("geen map", encoding="utf-8")
    app = fill(form(tmp_path, monkeypatch))
    assert "Het concept kon niet worden bewaard" in app.error[0].value
    assert widget(app, "title").value == TYPED["title"]


def test_a_damaged_draft_says_so(tmp_path, monkeypatch):
    draft = drafts.write(tmp_path, drafts.new_draft())
    (tmp_path / "concepten" / f"{draft.id}.json").write_text(json.dumps({"id": 1}), encoding="utf-8")
    app = form(tmp_path, monkeypatch, bewerk="nieuw", concept=draft.id)
    assert not app.exception and "beschadigd" in app.error[0].value
