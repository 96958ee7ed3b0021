"""Wijkprofiel: hoe staat deze wijk ervoor, en hoe kwam dat zo?"""

import streamlit as st

from wijkdata.ui import blocks, shell, wijkprofiel
from wijkdata.views import profile_words as words
from wijkdata.views import profile_words_lines as over_years

shell.guard()
answers = wijkprofiel.ask()
if answers is not None:
    spine, pillars, alikes, fictional = answers.spine, answers.pillars, answers.alikes, answers.who.fictional
    if blocks.figure(words.spine_title(spine), "", words.spine_short(spine), fictional):
        wijkprofiel.spine(spine)
        blocks.source(words.spine_source(spine))
        wijkprofiel.spine_table(spine)
    if blocks.figure(over_years.pillars_title(pillars), over_years.PILLARS_LEAD, over_years.PILLARS_SHORT, fictional):
        wijkprofiel.pillars(pillars)
        blocks.source(over_years.pillars_source(pillars))
        wijkprofiel.pillars_table(pillars)
    place_of_title = st.container(key="a4_nieuw")
    line = wijkprofiel.line(answers.who)
    if line is not None:
        with place_of_title:
            shown = blocks.figure(
                over_years.line_title(line), over_years.line_lead(line), over_years.line_short(line), fictional
            )
        if shown:
            wijkprofiel.line_figure(line)
    wijkprofiel.activities(answers.who)
    if blocks.figure(words.alikes_title(alikes), words.alikes_lead(alikes), words.alikes_short(alikes), fictional):
        wijkprofiel.alikes(alikes)
        blocks.source(words.alikes_source(alikes))
        wijkprofiel.alikes_table(alikes)
