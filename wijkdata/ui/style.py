"""The style sheet: our own classes (`wd-*`), tokens of the mode, print and presenting. Never a generated class name."""

from wijkdata.views.theme import Theme

_SHEET = """<style>
.stMainBlockContainer {{max-width: 71rem; padding-top: 1rem;}}
{root}
.wd-eyebrow {{font-size: .875rem; color: {ink2}; margin: 0;}}
.wd-eyebrow b {{color: {acc}; font-weight: 600;}}
.wd-fictief {{display: inline-block; margin-left: .5rem; padding: 0 .4rem; border: 1px solid {bad}; border-radius: 4px;
  color: {bad}; font-weight: 600; font-size: .8125rem;}}
.wd-source {{font-size: .8125rem; color: {ink2}; line-height: 1.45; margin: 0;}}
.wd-lead {{font-size: .9375rem; color: {ink2}; margin: 0;}}
.wd-card {{border-top: 2px solid {ink}; padding-top: .75rem;}}
.wd-list > div {{border-top: 1px solid {line}; padding: .75rem 0; font-size: .9375rem; line-height: 1.5;}}
.wd-list small {{display: block; color: {ink2}; font-size: .8125rem;}}
.wd-number {{font-size: 2.25rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.15;}}
.wd-unit {{font-size: .875rem; color: {ink2}; margin-left: .5rem; font-weight: 400;}}
.wd-name {{font-weight: 600; color: {ink};}}
.wd-chosen {{font-weight: 600; color: {acc};}}
.wd-hatch {{background: repeating-linear-gradient(45deg, {paper}, {paper} 5px, {hatch} 5px, {hatch} 6px);}}
.wd-read {{border-left: 3px solid {acc}; padding: .25rem 0 .25rem 1rem; max-width: 46rem;}}
.wd-read b {{display: block; margin-bottom: .25rem;}}
.wd-skeleton {{background: {wash}; color: {ink2}; padding: 5rem 1rem; text-align: center;}}
.wd-tiles {{display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1.5rem 2rem; margin-bottom: .25rem;}}
.wd-tiles-two {{grid-template-columns: repeat(2, minmax(0, 1fr)) !important; gap: .6rem 2rem;}}
.wd-tile {{border-top: 2px solid {ink}; padding-top: .75rem;}}
.wd-tile p {{margin: 0;}}
.wd-tile .wd-lead {{margin: .35rem 0 .3rem 0; line-height: 1.45;}}
.wd-tile-empty {{border-top-color: {line};}}
.wd-tile-empty .wd-name {{color: {ink2};}}
.wd-unit-line {{min-height: 2.6rem;}}
.wd-strip {{position: relative; height: 42px; margin: .1rem 9px .25rem 0;}}
.wd-strip.wd-hatch {{border: 1px solid {line}; margin-right: 0;}}
.wd-strip i {{position: absolute; display: block;}}
.wd-tick {{top: 6px; height: 16px; border-left: 2px solid {dot};}}
.wd-tick-chosen {{top: 2px; height: 24px; border-left: 3px solid {acc};}}
.wd-hundred {{top: 0; height: 28px; border-left: 2px dotted {ink};}}
.wd-nl {{position: absolute; top: 27px; transform: translateX(-50%); font-size: .75rem; line-height: 1; color: {ink2};}}
.wd-dot {{top: 7px; width: 0; height: 0; margin-left: -7px; border: 7px solid {acc}; border-radius: 50%;
  box-shadow: 0 0 0 2px {paper};}}
h1 {{text-wrap: balance;}}
[data-testid="stSidebarNav"] {{display: none;}}
[class*="st-key-doe_"] button[kind="primary"] p {{color: {on_acc};}}
.st-key-menu [data-testid="stPageLink"] a {{padding: .3rem .5rem;}}
.wd-section {{font-size: .875rem; color: {ink}; margin: .75rem 0 .1rem 0;}}
@media (max-width: 640px) {{h1 {{font-size: 1.625rem !important;}}}}
@media (max-width: 1180px) {{
  [class*="st-key-twee_"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {{flex-wrap: wrap;}}
  [class*="st-key-twee_"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"]
    {{flex: 1 1 100%;}}
  .wd-tiles {{grid-template-columns: repeat(2, minmax(0, 1fr));}}
  [class*="st-key-tegels_"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {{flex-wrap: wrap;}}
  [class*="st-key-tegels_"] > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"]
    {{flex: 1 1 calc(50% - 1rem);}}
}}
@media (max-width: 640px) {{.wd-tiles, .wd-tiles-two {{grid-template-columns: minmax(0, 1fr) !important;}}}}
@media print {{
  @page {{size: A4; margin: 14mm 12mm;}}
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-keuzes, .wd-noprint,
  [class*="st-key-doe_"], [data-testid="stExpander"], [data-testid="stElementToolbar"] {{display: none !important;}}
  .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {{position: static !important; overflow: visible !important;
    height: auto !important; display: block !important;}}
  .stMainBlockContainer {{max-width: none; padding: 0;}}
  [data-testid="stVegaLiteChart"], .wd-list > div {{break-inside: avoid;}}
}}
</style>"""
_PRESENTING = """html {{font-size: 24px;}} h1 {{font-size: 1.75rem !important; padding: 0 0 .25rem 0 !important;}}
.stMainBlockContainer {{padding: .75rem 3rem 0 3rem !important;}}
.st-key-doe_stappen {{position: fixed; right: 2rem; bottom: 1rem; width: auto !important; z-index: 5;}}
.wd-source {{max-width: calc(100% - 20rem);}}"""


def sheet(theme: Theme, presenting: bool) -> str:
    """The style sheet as one `<style>` element."""
    return _SHEET.format(
        root=_PRESENTING.format() if presenting else "",
        ink=theme.ink,
        ink2=theme.ink2,
        acc=theme.acc,
        bad=theme.bad,
        line=theme.line,
        wash=theme.wash,
        paper=theme.paper,
        hatch=theme.hatch,
        dot=theme.dot,
        on_acc="#13181A" if theme.dark else "#FFFFFF",
    )
