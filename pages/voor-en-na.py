"""Voor en na: wat veranderde er, en wat zou er anders ook veranderd zijn?"""

from wijkdata.ui import address, shell
from wijkdata.ui.voor_en_na import compared, figures, page, plan, sections, topics

shell.guard()
asked = page.ask()
if isinstance(asked, page.Plan):
    plan.show(asked)
elif asked is not None:
    answer = asked.answer
    figures.why_not(answer)
    figures.show(asked)
    if address.presenting():
        figures.rebound(answer)
    else:
        sections.what_else(asked)
        sections.aims(asked)
        sections.report(asked)
        if sections.recalculated():
            sections.how_sure(answer)
            figures.course(answer)
            sections.where(answer)
            compared.show(asked)
            sections.naive(answer)
            figures.rebound(answer)
            sections.second_opinions(answer)
            topics.show(asked)
            sections.evaluations(answer)
            sections.evidence(answer)
