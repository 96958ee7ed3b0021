"""Signalen: waar groeit iets voordat de jaarcijfers stijgen?"""

from wijkdata.ui import shell
from wijkdata.ui.signalen import explained, judging, page

shell.guard()
answer = page.ask()
judging.say(answer)
if answer is not None:
    page.listed(answer)
    page.one(answer)
    page.common(answer)
    page.slow(answer)
    explained.around(answer)
    page.risks(answer)
    page.price(answer)
    page.rest(answer)
