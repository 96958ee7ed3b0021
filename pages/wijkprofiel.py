"""Wijkprofiel: hoe staat deze wijk ervoor, en hoe kwam dat zo?"""

import streamlit as st

from wijkdata.ui import blocks, shell
from wijkdata.ui.wijkprofiel import figures, page
from wijkdata.views.wijkprofiel import words

shell.guard()
answers = page.ask()
if answers is not None:
    spine, pillars, alikes, fictional = answers.spine, answers.pillars, answers.alikes, answers.who.fictional
    if blocks.figure(words.spine_title(spine), "", words.spine_short(spine), fictional):
        page.spine(spine)
        blocks.source(words.spine_source(spine))
        page.spine_table(spine)
    if blocks.figure(words.pillars_title(pillars), words.PILLARS_LEAD, words.pillars_short(pillars), fictional):
        page.pillars(pillars)
        blocks.source(words.pillars_source(pillars))
        page.pillars_table(pillars)
    place_of_title = st.container(key="a4_nieuw")
    line = page.line(answers.who)
    if line is not None:
        with place_of_title:
            drawn = blocks.figure(words.line_title(line), words.line_lead(line), words.line_short(line), fictional)
        if drawn:
            page.line_figure(line)
    page.activities(answers.who)
    if blocks.figure(words.alikes_title(alikes), words.alikes_lead(alikes), words.alikes_short(alikes), fictional):
        page.alikes(alikes)
        blocks.source(words.alikes_source(alikes))
        page.alikes_table(alikes)
    figures.show(answers.who)
    page.report(answers, line)
