"""Printing on A4: the style sheet for paper, and the button that lays the charts out for it before it prints."""

from datetime import date
from html import escape

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.shared.answer import Subject
from wijkdata.ui import address

# A4 minus the margins of `@page` below, in CSS pixels: (210 - 2 x 12) mm at 96 to the inch.
_WIDTH = 703
# Goes behind the rules of the screen. Dark screens print light: our own classes are written again with light tokens
# (style.py), Streamlit's texts are set here, and a chart's pixels are turned over (its ground is transparent).
RULES = """
.wd-paper {display: none; font-size: .8125rem; margin: 0;}
html.wd-a4 .stMainBlockContainer {width: WIDTHpx !important; max-width: WIDTHpx !important; padding: 0 !important;}
html.wd-a4 [class*="st-key-tegels_"] [data-testid="stHorizontalBlock"] {flex-wrap: wrap !important; gap: 0 1.5rem !important;}
html.wd-a4 [class*="st-key-tegels_"] [data-testid="stColumn"] {flex: 1 1 calc(50% - 1rem) !important; min-width: 0 !important;
  max-width: calc(50% - 1rem) !important;}
@media print {
  @page {size: A4; margin: 14mm 12mm;}
  html {font-size: 14px !important;}
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [class*="st-key-keuzes"], .wd-noprint,
  [class*="st-key-doe_"], [data-testid="stExpander"], [data-testid="stElementToolbar"], [data-testid="stStatusWidget"],
  [data-testid="stLogo"], [data-testid="stSidebarCollapsedControl"] {display: none !important;}
  /* What is left round hidden parts would push an empty last page out. */
  [data-testid="stLayoutWrapper"]:has(> [data-testid="stExpander"], > [class*="st-key-doe_"]),
  [data-testid="stAppIframeResizerAnchor"] {display: none !important;}
  html, body, #root, #root > div, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; overflow: visible !important; height: auto !important; min-height: 0 !important;
    display: block !important; background: #FFFFFF !important; color: #1A2326 !important;}
  .stMainBlockContainer {max-width: none !important; padding: 0 !important;}
  .stApp h1, .stApp h2, .stApp h3, .stApp [data-testid="stMarkdownContainer"], .stApp a p {color: #1A2326 !important;}
  .wd-paper {display: block; color: #55626A;}
  [data-testid="stVegaLiteChart"] svg {max-width: 100% !important;
    height: auto !important; print-color-adjust: exact; -webkit-print-color-adjust: exact;}
  .st-key-breed [data-testid="stVegaLiteChart"] svg {max-height: 680px !important; width: auto !important;}
  /* Blocks, because a browser keeps a heading with its figure only outside flex boxes. */
  [data-testid="stVerticalBlock"], [data-testid="stLayoutWrapper"] {display: block !important;}
  [data-testid="stVerticalBlock"] > [data-testid="stElementContainer"] {margin-bottom: .5rem !important;}
  .st-key-smal, .st-key-smal *, .st-key-keuzes_zonder {display: none !important;}
  :is([class*="st-key-tegels_"], [class*="st-key-twee_"], [class*="st-key-rij_"]) [data-testid="stHorizontalBlock"]
    {display: flex !important;}
  [class*="st-key-tegels_"] [data-testid="stHorizontalBlock"] {flex-wrap: wrap !important; gap: 0 1.5rem !important;}
  [class*="st-key-tegels_"] [data-testid="stColumn"] {flex: 1 1 calc(50% - 1rem) !important; min-width: 0 !important;
    max-width: calc(50% - 1rem) !important;}
  [data-testid="stVegaLiteChart"], .wd-list > div, [class*="st-key-heel_"], [class*="st-key-rij_"], h1, h2, h3,
  .wd-source, .wd-lead, .wd-legend {break-inside: avoid !important;}
  [data-testid="stElementContainer"]:has(h1, h2, h3, .wd-lead, .wd-legend, .wd-card) {break-after: avoid !important;}
  [data-testid="stElementContainer"]:has(.wd-source) {break-before: avoid !important;}
  [data-testid="stHeading"] {margin-top: 1.2rem;}
  .st-key-a4_nieuw {break-before: page;}
  .st-key-a4_lijn [data-testid="stVegaLiteChart"] svg {max-height: 330px !important; width: auto !important;}
  [class*="st-key-rij_"] {padding-top: .25rem; margin-bottom: .1rem;}
  [class*="st-key-rij_"] [data-testid="stElementContainer"] {margin-bottom: 0 !important;}
  [class*="st-key-rij_"] .wd-why {font-size: .8125rem; line-height: 1.35;}
  h1 {font-size: 1.75rem !important;}
}
""".replace("WIDTH", str(_WIDTH))
DARK_RULES = """@media print {
  [data-testid="stVegaLiteChart"] svg {filter: invert(1) hue-rotate(180deg) brightness(1.1);}
}"""

_HTML = '<button type="button">Maak A4</button>'
_CSS = """
button {margin-top: 1.75rem; height: 2.5rem; padding: 0 .9rem; font: inherit; cursor: pointer; white-space: nowrap;
  color: var(--st-text-color); background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius, 4px);}
button:hover, button:focus-visible {border-color: var(--st-primary-color); color: var(--st-primary-color);
  outline: none;}
button:focus-visible {box-shadow: 0 0 0 2px var(--st-primary-color);}
"""
# The page takes the width of the paper first, and the charts get a moment to draw themselves at that width.
_JS = """
export default function (component) {
  const button = component.parentElement.querySelector('button');
  button.onclick = () => {
    const page = document.documentElement;
    page.classList.add('wd-a4');
    window.addEventListener('afterprint', () => page.classList.remove('wd-a4'), {once: true});
    window.setTimeout(() => window.print(), 900);
  };
}
"""
_button = st.components.v2.component("wijkdata_maak_a4", html=_HTML, css=_CSS, js=_JS)


def button() -> None:
    """The button "Maak A4": opens the browser's own print window, where one can also save as PDF."""
    if not address.presenting():
        _button(key="maak_a4", width=110, height="content")


def heading(who: Subject) -> None:
    """One line that stands only on paper: which area, and the day it was printed."""
    mark = " (fictief)" if who.fictional else ""
    line(f"{who.name}, {who.municipality_name}{mark} · {who.code}")


def line(what: str) -> None:
    """One line that stands only on paper: what it is about, and the day it was printed."""
    st.html(f'<p class="wd-paper">wijkdata · {escape(what)} · afgedrukt op {dutch.day(date.today())}</p>')
