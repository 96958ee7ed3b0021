"""Voor en na of an activity that has not begun: what will be seen, what it takes, and keeping that with the aim. One A4."""

from datetime import date
from html import escape

import streamlit as st

from wijkdata.loading.activities import register
from wijkdata.questions.voor_en_na import plan_words, planning
from wijkdata.questions.voor_en_na.answer import Plan, decimals
from wijkdata.record import aims
from wijkdata.record.fields import ACTIVITY, options, tables
from wijkdata.ui import address, blocks, reporting, session
from wijkdata.ui.voor_en_na import table
from wijkdata.ui.voor_en_na.choices import Chosen
from wijkdata.views.voor_en_na import html, plan_report
from wijkdata.views.voor_en_na import plan as drawing


def ask(chosen: Chosen) -> Plan:
    """Compute it, or take what was computed of the same figures."""
    with st.spinner("Dezelfde berekening over de jaren waarin nog niets gebeurde ..."):
        request = chosen.request
        return session.ask_register(planning.plan, request.wanted, request.topic_id, date.today())


def show(plan: Plan) -> None:
    """The figure with what it takes, what was kept, and what to measure now."""
    catalogue = session.catalogue()
    reporting.offer(plan_report.name(plan), lambda: plan_report.report(plan, catalogue, date.today()))
    if plan.refusal is not None:
        if not address.presenting():
            st.html(html.refusal(plan.refusal, plan.topic.id))
            _to_measure(plan)
        return
    with st.container(key="a4_plan"):
        if plan.own:
            _figure(plan)
        if not address.presenting():
            _aim(plan)
            _compared(plan)
            _to_measure(plan)
            blocks.read_this(drawing.READ)


def _figure(plan: Plan) -> None:
    fictional = plan.intervention.fictional
    if not blocks.figure(drawing.FIGURE, _lead(plan), plan_words.short(plan), fictional):
        return
    with st.container(key="heel_plan"):
        blocks.chart(drawing.chart, plan, plan.description, "vooraf", fictional)
    blocks.source(drawing.source(plan), drawing.published(plan), plan.source.ids)
    name = ("vooraf-berekend", plan.topic.id.replace(":", "-"), str(plan.intervention.begin.year))
    table.show(plan.description, lambda: drawing.table(plan), name, "vooraf", decimals(plan.topic))


def _lead(plan: Plan) -> str:
    absent = [n for n in planning.MEASUREMENTS if n not in {one.measurements for one in plan.own}]
    lead = drawing.lead(plan)
    if not absent:
        return lead
    return f"{lead} Wat na {plan_words.measurements(absent[-1])} te zien is, is niet te zeggen: daarvoor zijn er te weinig metingen."


def _aim(plan: Plan) -> None:
    """The aim, what was kept with it, and the button that keeps it."""
    blocks.subtitle("Doel en evaluatieplan")
    aim = plan.aim
    if aim is not None:
        st.html(f'<p class="wd-lead">Doel: {escape(aim.text)}.</p>')
        if aim.kept is not None:
            st.html(
                f'<p class="wd-why">{escape(plan_words.kept(aim.kept, decimals(plan.topic)))} {plan_words.FROZEN}</p>'
            )
    if plan.why_not_kept:
        st.html(f'<p class="wd-why">{escape(plan.why_not_kept)}</p>')
        return
    with st.container(key="doe_plan"), st.popover("Bewaar bij het doel", icon=":material/bookmark_add:"):
        st.markdown(plan_words.KEEP)
        roles = options(tables()[ACTIVITY].field("entered_by"))
        role = st.selectbox(
            "Uw rol", [one for one in roles if one != "invoer"], format_func=roles.__getitem__, key="rol_plan"
        )
        if st.button("Bewaar", type="primary", key="doe_bewaar_plan"):
            _keep(plan, role)


def _keep(plan: Plan, role: str) -> None:
    seen = {one.measurements: one.size for one in plan.visible if one.areas == len(plan.intervention.used)}
    kept = aims.Plan(plan.topic.id, seen, len(plan.compared))
    register.keep_plan(session.data_dir(), plan.intervention.id, kept, role, date.today())
    st.toast("Bewaard bij het doel.")
    st.rerun()


def _compared(plan: Plan) -> None:
    blocks.subtitle(drawing.compared_title(plan))
    st.html(f'<p class="wd-lead">Nu lijken er het meest op: {escape(drawing.compared(plan))}</p>')
    if plan.left_out:
        blocks.source(f"Niet om mee te vergelijken: {drawing.left_out(plan)}.")
    name = ("te-vergelijken", plan.topic.id.replace(":", "-"), str(plan.intervention.begin.year))
    table.show(
        "", lambda: drawing.compared_table(plan), name, "te_vergelijken", label="Alle gebieden om mee te vergelijken"
    )


def _to_measure(plan: Plan) -> None:
    blocks.subtitle(drawing.TO_MEASURE)
    if plan.to_measure:
        st.html(f'<div class="wd-list" role="list">{drawing.to_measure(plan.to_measure)}</div>')
    else:
        st.html(f'<p class="wd-why">{drawing.NOTHING_MEASURED}</p>')
    st.html(f'<p class="wd-why">{plan_words.MEASURE_YOURSELF}</p>')
