"""The page Signalen: its choices, the list with the map, one signal with its lines, and what stands round it."""

from datetime import date
from html import escape

import streamlit as st

from wijkdata.areas import Level
from wijkdata.questions.signalen import question
from wijkdata.questions.signalen import words as answer_words
from wijkdata.questions.signalen.answer import Scope, SignalItem, SignalsAnswer
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.signalen import events, explained, judging
from wijkdata.views.signalen import drawing, tables, words
from wijkdata.views.signalen import map as drawn_map

PAGE = "Signalen"
_LIMITS = {f"{limit:g}": limit for limit in question.LIMITS}
_USUAL = "4"


def ask() -> SignalsAnswer | None:
    """Draw the choices, ask the question, draw the head. None when nothing was read in yet (and it says so)."""
    if session.current() is None:
        blocks.empty(
            PAGE,
            "Er zijn nog geen gegevens om te volgen",
            "Lees eerst een bestand met meldingen of misdrijven per maand in.",
        )
        blocks.skeleton("Hier komt: waar iets groeit voordat de jaarcijfers stijgen")
        return None
    top = st.container(gap="small")
    with blocks.choices():
        municipality = place.choose_municipality(200)
        level = _choose_level(municipality)
        sensitive = session.ask(question.sensitive, municipality, level)
        limit = _choose_limit(sensitive)
    scope = Scope(municipality, level, _LIMITS[limit], events.known(municipality))
    answer, refused = session.ask_beside(question.answer, scope, date.today())
    if answer is None:
        answer = session.ask(question.without_register, scope, date.today())
    with top:
        blocks.head(PAGE, f"gemeente {answer.name}", answer.title, answer.lead, answer.fictional)
    if refused:
        blocks.source(f"De activiteiten en oordelen zijn nu niet te lezen. {refused}")
    if answer.refusal is not None:
        _refused()
    elif not sensitive:
        blocks.source(words.no_sensitivity(answer))
    return answer


def _choose_limit(sensitive: bool) -> str:
    """The sensitivity; no choice where it changes nothing."""
    if not sensitive:
        return address.hold("gevoeligheid", list(_LIMITS), _USUAL)
    return address.choose(
        "gevoeligheid", "Gevoeligheid", list(_LIMITS), _USUAL, _named, width=150, help=words.SENSITIVITY_HELP
    )


def _named(limit: str) -> str:
    return answer_words.SENSITIVITIES[_LIMITS[limit]]


def _choose_level(municipality: str) -> Level:
    levels = [str(level) for level in session.ask(question.levels, municipality)]
    if len(levels) == 1:
        return Level(address.hold("niveau", levels, levels[0]))
    picked = address.choose(
        "niveau", "Niveau", levels, levels[0], lambda text: Level(text).plural.capitalize(), kind="segmented"
    )
    return Level(picked)


def _refused() -> None:
    if address.presenting():
        return
    if st.button("Naar Gegevens", type="primary", key="doe_naar_gegevens"):
        st.switch_page("pages/gegevens.py")


def listed(answer: SignalsAnswer) -> None:
    """Draw the signals as sentences, and the map with a sign per area."""
    if answer.refusal is not None or not blocks.figure("", short=answer.short, fictional=answer.fictional):
        return
    with st.container(key="twee_signalen"):
        left, right = st.columns([1.35, 1], gap="large")
    with left:
        _sentences(answer)
    with right:
        _map(answer)
    blocks.source(answer.source)
    text = f"{answer.title}. {' '.join(one.sentence for one in answer.signals)}"
    blocks.table(text, lambda: tables.signals(answer), ("signalen", answer.name, words.until(answer)), "signalen")


def _sentences(answer: SignalsAnswer) -> None:
    presenting = address.presenting()
    if not presenting:
        blocks.subtitle(words.LIST)
        blocks.source(words.list_lead(answer) if answer.signals else words.nothing(answer))
    if presenting:
        blocks.listing(words.for_a_room(answer))
    else:
        blocks.listing([("", one.sentence, words.small(one)) for one in answer.signals])
        judging.listed(answer)


def _map(answer: SignalsAnswer) -> None:
    if not address.presenting():
        blocks.subtitle(words.MAP)
    if answer.shapes is None:
        blocks.skeleton("Voor een kaart zijn grenzen nodig; lees die op Gegevens in.")
        return
    blocks.chart(drawn_map.chart, answer, words.map_alt(answer), "signalenkaart", answer.fictional)
    st.html(f'<p class="wd-small">{escape(words.legend_text(answer, address.presenting()))}</p>')


def one(answer: SignalsAnswer) -> None:
    """Draw the chosen signal: its line, the sum, what ran here, what is behind it, and what one can do with it."""
    if not answer.signals:
        return
    keys = {item.key: item for item in answer.signals}
    names = {item.key: f"{item.name}: {item.category}" for item in answer.signals}
    with blocks.choices("_signaal"):
        picked = address.choose(
            "signaal", "Bekijk een signaal", list(keys), next(iter(keys)), names.__getitem__, width=420
        )
    item = keys[picked]
    title = item.neutral if address.presenting() else item.sentence
    if blocks.figure(title, words.line_lead(item), words.short(item), answer.fictional):
        _line(answer, item)
    explained.years(answer, item)
    if not address.presenting():
        _about(answer, item)


def _line(answer: SignalsAnswer, item: SignalItem) -> None:
    blocks.chart(drawing.counts, item, words.line_alt(item), "signaal_lijn", answer.fictional, "Per maand")
    if not address.presenting():
        st.html(f'<p class="wd-lead">{words.sum_lead(item)}</p>')
        blocks.chart(drawing.running, item, words.sum_alt(item), "signaal_som", answer.fictional, "Lopende som")
    blocks.source(answer.source)
    blocks.table(
        words.line_alt(item), lambda: tables.line(item), (item.category, item.name, words.until(answer)), "signaal"
    )


def _about(answer: SignalsAnswer, item: SignalItem) -> None:
    blocks.read_this(words.two_sided(item))
    with st.container(key="twee_signaal"):
        left, right = st.columns(2, gap="large")
    with left:
        blocks.subtitle("Wat zit erachter")
        st.markdown(blocks.plain(words.behind(item)))
        for heading, others, usual in words.places_behind(item):
            st.html(f'<p class="wd-card wd-name">{heading}</p>')
            blocks.listing([words.beside(row, usual) for row in others])
    with right:
        blocks.subtitle("Wat hier liep")
        blocks.listing([words.ran(activity) for activity in item.ran] or [("", words.NOTHING_RAN, "")])
        judging.buttons(answer, item)


def common(answer: SignalsAnswer) -> None:
    """Draw what moved everywhere at once: a leap in reporting is no alarm."""
    if not answer.commons:
        return
    title, lead = words.common_title(answer)
    if not blocks.figure(title, lead, title, answer.fictional):
        return
    blocks.listing(words.commons(answer))
    blocks.source(answer.source)
    blocks.table("", lambda: tables.commons(answer), ("samen", answer.name, words.until(answer)), "samen")


def slow(answer: SignalsAnswer) -> None:
    """Draw several small moves the same way, and services that withdraw."""
    title = words.slow_title(answer)
    if not blocks.figure(title, words.SLOW_LEAD, words.SLOW, answer.fictional):
        return
    rows = [words.drift(moved) for moved in answer.drifts]
    rows += [(f"{gone.name}:", answer_words.withdrawal(gone), words.WITHDRAWN) for gone in answer.withdrawals]
    blocks.listing(rows or [("", words.nothing_slow(answer), "")])
    blocks.source(answer.slow_source)
    if rows:
        text = f"{title}. {words.SLOW_LEAD}"
        blocks.table(
            text, lambda: tables.slow(answer), ("verschuivingen", answer.name, words.until(answer)), "langzaam"
        )


def risks(answer: SignalsAnswer) -> None:
    """Draw the areas that are not weak and at risk. Not for a room: it would be a ranking of places."""
    if address.presenting():
        return
    title = words.risk_title(answer)
    blocks.figure(title, words.RISK_RULE, words.RISK_SHORT, answer.fictional)
    if answer.at_risk:
        blocks.listing([words.risk(area) for area in answer.at_risk])
        blocks.source(answer.slow_source)
        text = f"{title}. {words.RISK_RULE}"
        blocks.table(text, lambda: tables.risks(answer), ("risico", answer.name, words.until(answer)), "risico")


def price(answer: SignalsAnswer) -> None:
    """Draw what each sensitivity would have cost, and where known rises can be given."""
    if answer.price is None or not blocks.figure(
        words.PRICE, words.price_lead(answer.price), words.PRICE_SHORT, answer.fictional
    ):
        return
    by_events = answer.price.by_events
    blocks.listing(
        [
            (
                f"{answer_words.sensitivity(test)}:",
                answer_words.cost(test, by_events),
                "Nu gekozen." if test.limit == answer.limit else "",
            )
            for test in answer.price.tests
        ]
    )
    blocks.source(words.method(answer))
    blocks.table("", lambda: tables.prices(answer), ("gevoeligheid", answer.name, words.until(answer)), "prijs")
    if not address.presenting():
        events.upload(answer.municipality)


def rest(answer: SignalsAnswer) -> None:
    """Draw what is quiet, and what cannot be watched."""
    if address.presenting():
        return
    if answer.refusal is None:
        blocks.subtitle(f"{words.QUIET} ({len(answer.quiet)})")
        st.markdown(blocks.plain(words.quiet(answer)))
        for line in (words.limited(answer), *answer.notes):
            if line:
                blocks.source(line)
    if answer.unwatched:
        blocks.subtitle(words.unwatched_title(answer))
        blocks.listing(words.unwatched(answer))
    blocks.table("", lambda: tables.areas(answer), ("gebieden", answer.name, words.until(answer)), "gebieden")
