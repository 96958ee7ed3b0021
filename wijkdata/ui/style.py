"""The style sheet: our own classes (`wd-*`), tokens of the mode, print and presenting. Never a generated class name."""

from wijkdata.ui import printing
from wijkdata.views.shared.theme import LIGHT, Theme

_SHEET = """<style>
.stMainBlockContainer {{max-width: 76rem; padding-top: 1rem;}}
@media (max-width: 768px) {{.stMainBlockContainer {{padding-top: 3.75rem;}}}}
{root}
.wd-eyebrow {{font-size: .875rem; color: {ink2}; margin: 0;}}
.wd-eyebrow b {{color: {acc}; font-weight: 600;}}
.wd-fictief {{display: inline-block; margin-left: .5rem; padding: 0 .4rem; border: 1px solid {bad}; border-radius: 4px;
  color: {bad}; font-weight: 600; font-size: .8125rem;}}
.wd-source {{font-size: .8125rem; color: {ink2}; line-height: 1.45; margin: 0; overflow-wrap: anywhere;}}
.wd-lead {{font-size: .9375rem; color: {ink2}; margin: 0;}}
.wd-card {{border-top: 2px solid {ink}; padding-top: .75rem;}}
.wd-list > div {{border-top: 1px solid {line}; padding: .75rem 0; font-size: .9375rem; line-height: 1.5;}}
.wd-list small {{display: block; color: {ink2}; font-size: .8125rem;}}
.wd-number {{font-size: 2.25rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.15;}}
.wd-unit {{font-size: .875rem; color: {ink2}; margin-left: .5rem; font-weight: 400;}}
.wd-name {{font-weight: 600; color: {ink};}}
.wd-chosen {{font-weight: 600; color: {acc};}}
.wd-hatch {{background: repeating-linear-gradient(-45deg, {paper}, {paper} 5px, {hatch} 5px, {hatch} 6px);}}
.wd-read {{border-left: 3px solid {acc}; padding: .25rem 0 .25rem 1rem; max-width: 46rem;}}
.wd-read b {{display: block; margin-bottom: .25rem;}}
.wd-skeleton {{background: {wash}; color: {ink2}; padding: 5rem 1rem; text-align: center;}}
.wd-tiles {{display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1.5rem 2rem; margin-bottom: .25rem;}}
.wd-tiles-two {{grid-template-columns: repeat(2, minmax(0, 1fr)) !important; gap: .4rem 2rem;}}
.wd-tiles-two .wd-tile {{padding-top: .35rem;}}
.wd-tiles-two .wd-unit-line {{min-height: 0;}}
.wd-tiles-two .wd-small {{display: none;}}
.wd-tile {{border-top: 2px solid {ink}; padding-top: .75rem;}}
.wd-tile p {{margin: 0;}}
.wd-tile .wd-lead {{margin: .35rem 0 .3rem 0; line-height: 1.45;}}
.wd-small {{font-size: .8125rem; color: {ink2}; line-height: 1.45;}}
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
h2 {{font-size: 1.25rem !important; line-height: 1.2;}}
.wd-fictief-hoek {{position: fixed; top: 1rem; right: 1.5rem;}}
[data-testid="stElementContainer"]:has(> * .wd-fictief-hoek) {{position: absolute;}}
.wd-contents {{columns: 2 20rem; column-gap: 3rem; padding-left: 1.1rem; font-size: .9375rem; line-height: 1.7; margin: 0;}}
.wd-contents a {{color: {acc};}}
.wd-terms {{display: grid; grid-template-columns: minmax(9rem, 16rem) 1fr; margin: 0; font-size: .9375rem; line-height: 1.5;}}
.wd-terms dt {{font-weight: 600; border-top: 1px solid {line}; padding: .6rem 1rem .6rem 0; overflow-wrap: anywhere;}}
.wd-terms dd {{border-top: 1px solid {line}; padding: .6rem 0; margin: 0;}}
.wd-stand {{margin: 0; font-size: .9375rem; line-height: 1.5;}}
.wd-stand small {{display: block; color: {ink2}; font-size: .8125rem;}}
.wd-toobig {{display: none; border-left: 3px solid {bad}; padding-left: 1rem; font-size: .9375rem;}}
.st-key-inlezen:has([data-testid="stFileChipIconError"]) .wd-toobig {{display: block;}}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p
  {{position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}}
[data-testid="stFileUploaderDropzoneInstructions"] > div,
[data-testid="stFileUploaderDropzoneInput"] + div:not(:has([data-testid="stFileChips"])) > span {{display: none;}}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after {{content: "Kies bestanden";}}
[data-testid="stFileUploaderDropzoneInstructions"]::after {{content: "of sleep ze hierheen"; color: {ink2};}}
[data-testid="stFileUploaderDropzoneInput"] + div:not(:has([data-testid="stFileChips"]))::after
  {{content: "Laat de bestanden hier los";}}
.wd-card p {{margin: 0 0 .25rem 0;}}
.wd-card .wd-card-name {{font-family: "Source Serif", "Source Serif 4", serif; font-size: 1.375rem; font-weight: 600;
  line-height: 1.25; margin: .1rem 0 .35rem 0;}}
.wd-map-legend p {{margin: 0;}}
.wd-bars {{display: flex; gap: 2px; margin: .35rem 0 .1rem 0;}}
.wd-bars > div {{flex: 1 1 0; min-width: 0;}}
.wd-bars > div:last-child {{margin-left: .75rem;}}
.wd-bars i {{display: block; height: .75rem; box-sizing: border-box; box-shadow: inset 0 0 0 1px {line};
  print-color-adjust: exact; -webkit-print-color-adjust: exact;}}
.wd-bars span {{display: block; font-size: .8125rem; color: {ink2}; line-height: 1.3; margin-top: .2rem;}}
.wd-bars b {{font-size: .8125rem; font-weight: 600;}}
.wd-ends {{display: flex; justify-content: space-between; font-size: .8125rem; color: {ink2};}}
.wd-ends span:first-child {{flex: 1;}}
@media (max-width: 640px) {{.wd-bars {{flex-wrap: wrap; gap: 2px 2px;}} .wd-bars > div {{flex: 0 0 calc(25% - 2px);}}
  .wd-bars > div:last-child {{margin-left: 0;}} .wd-bars span, .wd-bars b {{font-size: .75rem;}}}}
.stApp :is(a, button, summary, [role="radio"], [data-testid="stDeckGlJsonChart"]):focus-visible,
.stApp :is([data-testid="stSelectbox"], [data-testid="stMultiSelect"]) [role="group"]:has(input:focus-visible)
  {{outline: 2px solid {acc} !important; outline-offset: 2px;}}
[data-testid="stMain"]:focus-visible {{outline: 2px solid {acc}; outline-offset: -2px;}}
[class*="st-key-doe_"] button[kind="primary"]:not(:disabled) p {{color: {on_acc};}}
[data-testid="stMultiSelectTagsContainer"] :has(> [title]), [data-testid="stMultiSelectTagsContainer"] :has(> [title]) *
  {{color: {on_acc} !important;}}
.st-key-menu [data-testid="stPageLink"] a {{padding: .3rem .5rem;}}
.wd-legend {{display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; font-size: .8125rem; color: {ink2}; margin: 0;}}
.wd-legend span {{display: inline-flex; align-items: center; gap: .4rem;}}
.wd-legend i {{display: inline-block; width: .7rem; height: .7rem; border-radius: 50%; box-sizing: border-box;
  print-color-adjust: exact; -webkit-print-color-adjust: exact;}}
.wd-legend i.bar {{width: 1.4rem; height: .6rem; border-radius: 0; background: {band};}}
.wd-legend i.half {{background: {band2};}}
.wd-legend i.tick {{width: 2px; height: .9rem; border-radius: 0; background: {ink2};}}
.wd-legend i.rule {{width: 1.5px; height: 1rem; border-radius: 0; background: {ink};}}
.wd-legend i.worse {{background: {bad};}}
.wd-legend i.better {{background: {acc};}}
.wd-legend i.middle {{background: {dot};}}
.wd-legend i.neutral {{background: {ink};}}
.wd-legend i.few {{border: 1.5px solid {ink};}}
.wd-legend i.diamond {{border-radius: 0; transform: rotate(45deg); width: .6rem; height: .6rem; background: {dot};}}
.wd-legend i.none {{width: 1.4rem; border-radius: 0;
  background: repeating-linear-gradient(135deg, {paper}, {paper} 4px, {hatch} 4px, {hatch} 5px);}}
.wd-legend i.span {{width: 1.6rem; height: .6rem; border-radius: 0;}}
.wd-legend i.run {{background: linear-gradient(90deg, {acc} 60%, {paper});}}
.wd-legend i.over {{background: {dot};}}
.wd-legend i.plan {{background: {dot}; height: 3px; opacity: .75;}}
.wd-legend i.pale {{background: {dot}; opacity: .35;}}
.wd-legend i.tick.worse {{background: {bad}; width: 3px;}}
.wd-legend i.dots {{background: none; border-left: 2px dotted {ink};}}
.wd-table {{border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.45;}}
.wd-table :is(th, td) {{border: 0; border-top: 1px solid {line}; padding: .5rem 1rem .5rem 0; text-align: left; vertical-align: top;
  overflow-wrap: break-word;}}
.wd-table thead th {{border-top: 2px solid {ink}; font-weight: 600;}}
.wd-table tbody th {{font-weight: 600;}}
.wd-table .wd-n {{text-align: right; font-variant-numeric: tabular-nums;}}
.wd-table small {{display: block; color: {ink2}; font-size: .8125rem;}}
table.wd-facts th {{width: 13rem; font-weight: 600;}}
@media (max-width: 640px) {{table.wd-facts th {{width: 9rem;}} .wd-scroll .wd-table {{min-width: 34rem;}}
  .wd-scroll .wd-balance {{min-width: 0; font-size: .8125rem;}} .wd-balance :is(th, td) {{padding-right: .5rem;}}}}
.wd-scroll {{overflow-x: auto;}}
.wd-unknown {{color: {ink2};}}
.wd-story {{max-width: 46rem; line-height: 1.6; white-space: pre-line; margin: 0;}}
.wd-scores {{display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; font-size: .8125rem; color: {ink2};}}
.wd-scores b {{font-size: .9375rem; color: {ink}; font-variant-numeric: tabular-nums;}}
.wd-grid {{border-collapse: collapse; width: 100%; font-size: .9375rem; table-layout: fixed;}}
.wd-grid th {{font-weight: 600; text-align: left; padding: .35rem .75rem .35rem 0; vertical-align: top; line-height: 1.35;}}
.wd-grid :is(td, th) {{border-color: {line};}}
.wd-grid tbody :is(td, th) {{border-top: 1px solid {line}; padding-top: .75rem; vertical-align: top;}}
.wd-grid tbody td {{border-left: 1px solid {line}; padding: .6rem .75rem .75rem .75rem;}}
.wd-grid td b {{display: block; font-size: 2rem; font-weight: 600; line-height: 1.1; font-variant-numeric: tabular-nums;}}
.wd-grid td span {{font-size: .8125rem; color: {ink2};}}
.wd-grid .wd-grid-gap b {{color: {bad};}}
.wd-rows {{border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.4;}}
.wd-rows th {{font-weight: 400; font-size: .8125rem; color: {ink2}; text-align: left; padding: 0 1rem .3rem 0;}}
.wd-rows td {{border-top: 1px solid {line}; padding: .45rem 1rem .45rem 0; vertical-align: top;}}
.wd-rows :is(th, td, tr) {{border-left: 0; border-right: 0; border-bottom: 0;}}
.wd-rows td:first-child {{font-weight: 600;}}
.wd-rows small {{display: block; font-size: .8125rem; font-weight: 400; color: {ink2};}}
@media (max-width: 640px) {{.wd-rows thead {{display: none;}} .wd-rows td {{display: block; border-top: 0; padding: 0;}}
  .wd-rows tr {{display: block; border-top: 1px solid {line}; padding: .5rem 0;}}}}
.wd-why {{font-size: .9375rem; margin: 0; line-height: 1.5;}}
[class*="st-key-rij_"] {{border-top: 1px solid {line}; padding-top: .6rem;}}
a.wd-link {{color: {acc}; font-weight: 600;}}
.wd-seen {{border-collapse: collapse; width: 100%; line-height: 1.4;}}
.wd-seen :is(th, td) {{border: 0; border-top: 1px solid {line}; padding: .6rem 0; vertical-align: top;}}
.wd-seen th {{font-weight: 400; text-align: left; padding-right: 1rem;}}
.wd-seen tr:last-child th {{font-weight: 600;}}
.wd-seen td {{text-align: right; white-space: nowrap;}}
.wd-seen td b {{display: block; font-size: 1.375rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.2;}}
.wd-seen small {{display: block; color: {ink2}; font-size: .8125rem; font-weight: 400;}}
.wd-seen + .wd-why {{border-top: 1px solid {line}; padding: .6rem 0 .4rem 0;}}
.wd-other {{color: {ink2};}}
.wd-careful {{color: {bad}; font-weight: 600; font-size: .8125rem;}}
.wd-read b.wd-next {{margin-top: .75rem;}}
.wd-quote {{font-family: "Source Serif", "Source Serif 4", serif; font-size: 1.125rem; line-height: 1.4; margin: 0 0 .4rem 0;}}
.st-key-smal {{display: none;}}
@media screen and (max-width: 940px) {{.st-key-smal {{display: flex;}} .st-key-breed {{display: none;}}}}
.wd-wrong {{border-left: 3px solid {bad}; padding-left: .6rem; font-size: .875rem; line-height: 1.4; margin: 0;}}
.wd-versions {{display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .1rem .75rem; font-size: .9375rem; line-height: 1.5;}}
.wd-versions span {{color: {ink2};}}
.wd-versions b {{font-weight: 400; overflow-wrap: anywhere; white-space: pre-line;}}
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
</style>"""
_PRESENTING = """html {{font-size: 24px;}} h1 {{font-size: 1.75rem !important; padding: 0 0 .25rem 0 !important;}}
.stMainBlockContainer {{padding: .75rem 3rem 0 3rem !important;}}
.st-key-doe_stappen {{position: fixed; right: 2rem; bottom: 1rem; width: auto !important; z-index: 5;}}
.wd-source {{max-width: calc(100% - 20rem);}}
.stApp:has(.wd-fictief-hoek) h1 {{padding-right: 4.5rem !important;}}
@media (max-width: 900px) {{.st-key-doe_stappen {{position: static; width: 100% !important; padding-bottom: 1rem;}}
  .wd-source {{max-width: none;}}}}
@media (max-width: 640px) {{html {{font-size: 18px;}} .stMainBlockContainer {{padding: 3.25rem 1rem 0 1rem !important;}}
  .stApp:has(.wd-fictief-hoek) h1 {{padding-right: 0 !important;}} .wd-fictief-hoek {{right: 1rem;}}
  .st-key-doe_stappen {{gap: .5rem !important;}}}}"""


def sheet(theme: Theme, presenting: bool) -> str:
    """The style sheets as `<style>` elements. A dark screen prints light, so it gets the rules a second time."""
    screen = _filled(theme, _PRESENTING.format() if presenting else "")
    paper = f"<style>{printing.RULES}</style>"
    if not theme.dark:
        return screen + paper
    light = _filled(LIGHT, "").removeprefix("<style>").removesuffix("</style>")
    return f"{screen}<style>@media print {{{light}}}</style>{paper}<style>{printing.DARK_RULES}</style>"


def _filled(theme: Theme, root: str) -> str:
    return _SHEET.format(
        root=root,
        ink=theme.ink,
        ink2=theme.ink2,
        acc=theme.acc,
        bad=theme.bad,
        dot=theme.dot,
        band=theme.band,
        band2=theme.band2,
        line=theme.line,
        wash=theme.wash,
        paper=theme.paper,
        hatch=theme.hatch,
        on_acc="#13181A" if theme.dark else "#FFFFFF",
    )
