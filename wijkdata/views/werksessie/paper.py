"""A session on paper: one HTML file with sheets of A3, for a room without phones. Stickers, dots and a pen do the counting."""

from dataclasses import dataclass
from html import escape

from wijkdata import dutch
from wijkdata.questions.werksessie.answer import Asked, Session
from wijkdata.views.werksessie import words

_LINES, _ROWS = 6, 7
STYLE = """
@page{size:A3 landscape;margin:14mm}
*{box-sizing:border-box}
body{margin:0;color:#1A2326;background:#fff;font:15pt/1.4 "Source Sans 3","Segoe UI",system-ui,sans-serif}
section{break-after:page;min-height:255mm;display:flex;flex-direction:column}
section:last-child{break-after:auto}
h1{font:600 30pt/1.2 "Source Serif 4",Georgia,serif;margin:0 0 8mm}
h2{font-size:19pt;margin:0 0 3mm;border-top:2pt solid #1A2326;padding-top:3mm}
p.top{color:#55626A;margin:0 0 3mm;font-size:13pt}
p.top b{color:#B4540A;border:1pt solid #B4540A;border-radius:2mm;padding:0 2mm}
.two{display:grid;grid-template-columns:1.7fr 1fr;gap:14mm;flex:1}
.even{grid-template-columns:1fr 1fr}
.boxes{display:grid;gap:6mm;grid-auto-flow:column;grid-auto-columns:1fr;flex:1}
.boxes>div{border:1.5pt solid #1A2326;border-radius:2mm;padding:4mm;font-weight:600;min-height:60mm}
.line{border-bottom:1pt solid #7E8B91;height:13mm}
.item{border-bottom:1pt solid #7E8B91;padding:3mm 0}
table{border-collapse:collapse;width:100%}
th{text-align:left;border-bottom:2pt solid #1A2326;padding:2mm}
td{border-bottom:1pt solid #7E8B91;height:22mm;padding:2mm;vertical-align:top}
svg{width:100%;height:auto}
"""


@dataclass(frozen=True)
class Printed:
    """One figure on paper. asked: what is guessed first (None: nothing is). svg: the drawing, "" where there is none."""

    title: str
    asked: Asked | None
    svg: str
    source: str


def document(answer: Session, figures: list[Printed]) -> str:
    """Return the whole session as one HTML file that asks nothing from outside."""
    sheets = [_cover(answer)]
    for figure in figures:
        sheets += [_guess(figure.asked)] if figure.asked else []
        sheets += [_figure(figure)] if figure.svg or not figure.asked else []
    sheets += [_points(answer), _agreements(answer)]
    body = "".join(f"<section>{_top(answer)}{sheet}</section>" for sheet in sheets)
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        f"<title>{escape(answer.title)}, A3</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _top(answer: Session) -> str:
    mark = " <b>fictief</b>" if answer.fictional else ""
    where = f"{answer.name}, {answer.municipality_name}"
    return f'<p class="top">{escape(where)} · {escape(answer.title)} · {dutch.day(answer.date)}{mark}</p>'


def _cover(answer: Session) -> str:
    before = ""
    if answer.before:
        items = [f"{one.text} ({words.point_line(one)[2]})" for one in answer.before[0].chances]
        items += [": ".join(words.agreement_line(one)[:2]) for one in answer.before[0].agreements]
        listed = "".join(f'<div class="item">{escape(text)}</div>' for text in items)
        before = f"<h2>{escape(words.since_title(answer))}</h2>{listed}"
    return f"<h1>{escape(answer.title)}</h1><p>{escape(words.PAPER)}</p>{before}"


def _guess(asked: Asked) -> str:
    """The sheet that hangs before the figure: a box per answer for stickers, or a line for numbers."""
    if asked.options:
        inside = "".join(f"<div>{escape(text)}</div>" for text in asked.options.values())
    else:
        unit = f" ({asked.unit})" if asked.unit else ""
        inside = f"<div>{escape(f'Schrijf uw schatting op een sticker{unit}')}</div>"
    return f'<h1>{escape(asked.text)}</h1><div class="boxes">{inside}</div>'


def _figure(figure: Printed) -> str:
    """The figure, with room to say whether it is recognised and why."""
    boxes = "".join(f"<div>{word}</div>" for word in ("Ja", "Nee", "Twijfel"))
    lines = '<div class="line"></div>' * _LINES
    left = f'<div>{figure.svg}<p class="top">{escape(figure.source)}</p></div>'
    right = f'<div><h2>Herkent u dit?</h2><div class="boxes">{boxes}</div><h2 style="margin-top:6mm">Opmerkingen, zonder namen</h2>{lines}</div>'
    return f'<h1>{escape(figure.title)}</h1><div class="two">{left}{right}</div>'


def _points(answer: Session) -> str:
    columns = ""
    for title, some in (("Uitdagingen", answer.challenges), ("Kansen", answer.chances)):
        named = "".join(f'<div class="item">{escape(point.text)}</div>' for point in some)
        columns += f"<div><h2>{title}</h2>{named}{'<div class=line></div>' * _LINES}</div>"
    return f'<h1>{escape(answer.dots.asked.text)} {escape(words.PAPER_DOTS)}</h1><div class="two even">{columns}</div>'


def _agreements(answer: Session) -> str:
    rows = "".join(
        f"<tr><td>{escape(words.role(one.who))}</td><td>{escape(one.what)}</td><td>{dutch.day(one.due) if one.due else ''}</td></tr>"
        for one in answer.agreements
    )
    empty = "<tr><td></td><td></td><td></td></tr>" * max(0, _ROWS - len(answer.agreements))
    head = '<tr><th style="width:25%">Wie (een rol)</th><th>Doet wat</th><th style="width:18%">Wanneer</th></tr>'
    return f"<h1>Wie doet wat, en wanneer?</h1><table><thead>{head}</thead><tbody>{rows}{empty}</tbody></table>"
