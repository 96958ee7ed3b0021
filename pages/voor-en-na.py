"""Voor en na: wat veranderde er, en wat zou er anders ook veranderd zijn?"""

from wijkdata.ui import address, impact_compared, impact_figures, impact_sections, impact_topics, shell, voor_en_na

shell.guard()
asked = voor_en_na.ask()
if asked is not None:
    answer = asked.answer
    impact_figures.why_not(answer)
    impact_figures.show(answer)
    if not address.presenting():
        impact_sections.how_sure(answer)
        impact_sections.where(answer)
        impact_compared.show(asked)
        impact_sections.what_else(asked)
        impact_sections.aims(asked)
        impact_sections.naive(answer)
    impact_figures.rebound(answer)
    if not address.presenting():
        impact_sections.second_opinions(answer)
        impact_topics.show(asked)
        impact_sections.evaluations(answer)
        impact_sections.evidence(answer)
