"""Drafts on disk: whole or not at all, read back as typed, and never holding what may not be stored."""

import json
import os
import threading
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from activity_form_examples import record
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.errors import NotFoundError, StoreError
from wijkdata.loading.activities import drafts
from wijkdata.record import checks
from wijkdata.record.base import Record, differences
from wijkdata.record.fields import ACTIVITY, CHILDREN, tables
from wijkdata.record.values import parse

NOW = datetime(2026, 11, 24, 13, 32, tzinfo=UTC)


def typed(**texts):
    draft = drafts.new_draft("GM9701", "2024", "beleidsadviseur")
    for name, text in texts.items():
        draft = draft.with_value(ACTIVITY, "", name, text)
    return draft


def test_a_draft_reads_back_as_typed_wrong_or_not(tmp_path):
    draft = typed(title="  Een begin ", start_planned="morgen", description="Twee\nregels ‘’ <b>")
    kept = drafts.write(tmp_path, draft, NOW)

    assert kept.saved_at == NOW
    assert drafts.read(tmp_path, draft.id).typed == draft.typed
    assert drafts.read(tmp_path, draft.id).rows["area"] == draft.rows["area"]
    assert drafts.ids(tmp_path) == [draft.id]
    assert [path.name for path in (tmp_path / "concepten").iterdir()] == [f"{draft.id}.json"], "nothing half written"


def test_the_latest_draft_comes_first_and_a_damaged_one_is_not_offered(tmp_path):
    old, new = typed(title="oud"), typed(title="nieuw")
    drafts.write(tmp_path, new, NOW + timedelta(minutes=1))
    drafts.write(tmp_path, old, NOW)
    broken = drafts.write(tmp_path, typed(title="stuk"), NOW)
    (tmp_path / "concepten" / f"{broken.id}.json").write_text('{"id": ', encoding="utf-8")
    (tmp_path / "concepten" / "anders.json").write_text("{}", encoding="utf-8")

    assert [one.typed["title"] for one in drafts.listing(tmp_path)] == ["nieuw", "oud"]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", '{"id": 1}', '{"id": "x", "activity": "y", "rows": [], "typed": {}}', b"\xff\xfe\x00"],
)
def test_a_damaged_draft_is_one_sentence(tmp_path, body):
    draft = drafts.write(tmp_path, typed(), NOW)
    path = tmp_path / "concepten" / f"{draft.id}.json"
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    with pytest.raises(StoreError, match="is beschadigd en kan niet worden gelezen; begin opnieuw"):
        drafts.read(tmp_path, draft.id)


@pytest.mark.parametrize("draft_id", ["", "..", "../participatie", "a" * 36, "/etc/passwd"])
def test_an_id_is_never_a_path(tmp_path, draft_id):
    with pytest.raises(NotFoundError):
        drafts.read(tmp_path, draft_id)
    with pytest.raises(NotFoundError):
        drafts.remove(tmp_path, draft_id)


def test_a_draft_that_is_gone_says_so(tmp_path):
    draft = drafts.write(tmp_path, typed(), NOW)
    drafts.remove(tmp_path, draft.id)
    drafts.remove(tmp_path, draft.id)
    with pytest.raises(NotFoundError, match="er niet meer"):
        drafts.read(tmp_path, draft.id)


def test_after_thirty_days_a_draft_goes(tmp_path):
    old, new = drafts.write(tmp_path, typed(), NOW), drafts.write(tmp_path, typed(), NOW)
    left = tmp_path / "concepten" / f".{old.id}-12345678"
    left.write_text("half", encoding="utf-8")
    for path, days in (
        (left, 31),
        (tmp_path / "concepten" / f"{old.id}.json", 31),
        (tmp_path / "concepten" / f"{new.id}.json", 29),
    ):
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    drafts.prune(tmp_path, NOW)

    assert drafts.ids(tmp_path) == [new.id] and not left.exists()


def test_a_disk_that_refuses_leaves_the_draft_before(tmp_path, monkeypatch):
    draft = drafts.write(tmp_path, typed(title="eerst"), NOW)

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="de schijf is vol"):
        drafts.write(tmp_path, draft.with_value(ACTIVITY, "", "title", "daarna"), NOW)
    assert drafts.read(tmp_path, draft.id).typed["title"] == "eerst"
    assert len(list((tmp_path / "concepten").iterdir())) == 1


def test_who_reads_while_another_writes_sees_a_whole_draft(tmp_path):
    draft = drafts.write(tmp_path, typed(title="0" * 2000), NOW)
    stop = threading.Event()

    def keep_writing():
        n = 0
        while not stop.is_set():
            n += 1
            drafts.write(tmp_path, draft.with_value(ACTIVITY, "", "title", str(n % 10) * 2000), NOW)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    seen = {drafts.read(tmp_path, draft.id).typed["title"] for _ in range(200)}
    stop.set()
    writer.join()
    assert all(len(title) == 2000 and len(set(title)) == 1 for title in seen)


@pytest.mark.parametrize(
    ("table", "name", "text", "kept"),
    [
        (ACTIVITY, "description", "Bel Jan op 06-12345678 of mail.", "Bel Jan op [weggelaten] of mail."),
        (ACTIVITY, "title", "jan@wijk.nl", "[weggelaten]"),
        (ACTIVITY, "description", "123456782 en 06 12345678", "[weggelaten] en [weggelaten]"),
        (ACTIVITY, "description", "In WK036300 deden 250 mensen mee", "In WK036300 deden 250 mensen mee"),
        ("group", "number", "3", "<5"),
        ("group", "number", "4", "<5"),
        ("group", "number", "5", "5"),
        ("group", "number", "0", "0"),
        ("group", "number", "drie", "drie"),
        ("group", "number", "verborgen", "verborgen"),
        ("count", "participants", "3", "<5"),
        ("count", "volunteers", "3", "3"),
    ],
)
def test_what_may_not_be_stored_is_not_in_the_file(tmp_path, table, name, text, kept):
    draft = typed(**{name: text}) if table == ACTIVITY else typed().with_rows(table, (drafts.row(**{name: text}),))
    drafts.write(tmp_path, draft, NOW)
    body = json.loads((tmp_path / "concepten" / f"{draft.id}.json").read_text(encoding="utf-8"))
    assert (body["typed"] if table == ACTIVITY else body["rows"][table][0])[name] == kept
    assert draft.value(table, "" if table == ACTIVITY else draft.rows[table][0]["_id"], name) == text, (
        "the screen keeps it"
    )


def test_two_windows_on_one_draft_keep_each_others_fields(tmp_path):
    draft = typed(title="Begin", description="mail jan@wijk.nl")
    shared = drafts.write(tmp_path, draft.with_rows("timeline", (drafts.row(text="een"), drafts.row(text="twee"))), NOW)
    one, two = shared.rows["timeline"]
    here = drafts.write_over(tmp_path, shared, shared.with_value(ACTIVITY, "", "title", "Hier"))
    there = shared.with_value(ACTIVITY, "", "times", "3").with_rows("timeline", (one, drafts.row(text="drie")))
    both = drafts.write_over(tmp_path, shared, there)

    assert (both.typed["title"], both.typed["times"]) == ("Hier", "3")
    assert [row["text"] for row in both.rows["timeline"]] == ["een", "drie"]
    assert both.typed["description"] == "mail jan@wijk.nl", "still on the screen, to be mended"
    assert drafts.read(tmp_path, draft.id).typed["title"] == "Hier" and two not in both.rows["timeline"]
    assert here.saved_at < both.saved_at


ROWS = {
    "pillar": [{"rank": "1", "pillar": "sociaal"}],
    "aim": [{"indicator": "vertrouwen", "direction": "op", "size": "2,5", "judge_at": "31-12-2027"}],
    "count": [{"date": "01-04-2024", "method": "geteld", "visits": "1.234", "volunteer_hours": "12,75"}],
    "group": [{"date": "01-04-2024", "trait": "leeftijd", "class": "leeftijd_0_17", "number": "3"}],
    "outcome": [{"kind": "beleid", "description": "Een\nnieuw plan", "lasting": "ja"}],
    "relation": [{"kind": "vervolg_op", "other": "abc-1"}],
}


def test_a_record_becomes_a_draft_and_the_same_record_again():
    pillar = next(iter(parse_pillars()))
    rows = {**ROWS, "pillar": [{"rank": "1", "pillar": pillar}]}
    stored = record(rows=rows, cost_asked="1.234,50", audience="jeugd; ouderen", progress="40", hours_included="nee")
    draft = drafts.of_record(stored)
    children = {name: draft.rows[name] for name in CHILDREN}
    again, wrong = checks.read(ACTIVITY, draft.activity, draft.typed, children, date(2026, 11, 24))
    assert wrong == [] and isinstance(again, Record) and differences(stored, again) == []


def parse_pillars():
    from wijkdata.catalogue import load

    return load().pillars


@given(
    st.one_of(
        st.tuples(st.just("cost_asked"), st.decimals(0, 10**8, places=2)),
        st.tuples(st.just("times"), st.integers(1, 10**8)),
        st.tuples(st.just("start_planned"), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
    )
)
def test_what_is_shown_in_the_form_reads_back_the_same(example):
    name, value = example
    spec = tables()[ACTIVITY].field(name)
    assert parse(spec, drafts.as_typed(value)) == value


@given(st.floats(0, 10**8, allow_nan=False))
def test_a_decimal_reads_back_the_same(value):
    spec = tables()["aim"].field("size")
    assert parse(spec, drafts.as_typed(value)) == value


def test_two_decimals_of_money_are_not_lost():
    assert drafts.as_typed(Decimal("1234.50")) == "1234,5"
    assert drafts.as_typed(Decimal("100.00")) == "100"


def test_a_list_of_people_is_left_out_whole_and_soon():
    spec = tables()["activity"].field("description")
    begin = time.process_time()
    assert drafts.may_be_kept(spec, " ".join(f"naam{n}@voorbeeld.nl" for n in range(2000))) == drafts.LEFT_OUT
    assert time.process_time() - begin < 5
