"""Uitleg: hoe is dit berekend?"""

from wijkdata.ui import address, shell, uitleg

shell.guard()
uitleg.head()
if not address.presenting():
    uitleg.indicator()
    uitleg.contents()
    uitleg.methods()
    uitleg.glossary()
    uitleg.sources()
