"""Uitleg: hoe is dit berekend?"""

from wijkdata.ui import address, shell
from wijkdata.ui.uitleg import page

shell.guard()
page.head()
if not address.presenting():
    page.indicator()
    page.contents()
    page.methods()
    page.glossary()
    page.sources()
