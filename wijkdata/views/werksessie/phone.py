"""The page of a phone: plain HTML without a script. What people typed is text in it, never more."""

import hashlib
from base64 import b64encode
from html import escape

from wijkdata.questions.werksessie.answer import Asked, Moment, Phone
from wijkdata.views.werksessie import words

# After so many seconds a page that waits asks again.
AGAIN = 4
STYLE = """
:root{--paper:#fff;--ink:#1A2326;--ink2:#55626A;--acc:#0B6072;--line:#7E8B91;--on:#fff}
@media(prefers-color-scheme:dark){:root{--paper:#13181A;--ink:#E8ECED;--ink2:#A3AFB4;--acc:#6CC3D1;--line:#8D999E;--on:#13181A}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:34rem;padding:1.25rem 1rem 3rem;background:var(--paper);color:var(--ink);
font:1.125rem/1.45 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
h1{font:600 1.5rem/1.25 Georgia,serif;margin:.25rem 0 1.25rem}
p.top{color:var(--ink2);font-size:.9375rem;margin:0}
button,input[type=text]{font:inherit;width:100%;min-height:3.5rem;border-radius:4px;padding:.6rem .9rem}
button{display:block;margin:0 0 .75rem;border:1px solid var(--acc);background:var(--paper);color:var(--acc);text-align:left;font-weight:600}
button.main{background:var(--acc);color:var(--on);text-align:center}
input[type=text]{border:1px solid var(--line);background:var(--paper);color:var(--ink);margin:.35rem 0 1rem}
label.pick{display:flex;gap:.75rem;align-items:center;border:1px solid var(--line);border-radius:4px;padding:.75rem;margin:0 0 .6rem}
label.pick input{width:1.5rem;height:1.5rem;flex:none;accent-color:var(--acc)}
:focus-visible{outline:3px solid var(--acc);outline-offset:2px}
p.small{color:var(--ink2);font-size:.9375rem}
"""
# The page asks a browser to run nothing, to load nothing, and to send its form nowhere else.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def page(phone: Phone, outcome_text: str = "") -> str:
    """Return the page of a phone. outcome_text: what became of the answer that was just sent, above the rest."""
    waits = phone.moment in (Moment.WAITING, Moment.VOTED)
    body = _question(phone.asked) if phone.asked and phone.moment is Moment.ASKED else ""
    text = outcome_text or words.phone_text(phone)
    heading = phone.asked.text if phone.asked and phone.moment is Moment.ASKED and not outcome_text else text
    if outcome_text and body:
        body = f'<p role="alert"><b>{escape(outcome_text)}</b></p>{body}'
        heading = phone.asked.text if phone.asked else outcome_text
    small = words.phone_small(phone)
    return _frame(phone.title, heading, body + (f'<p class="small">{escape(small)}</p>' if small else ""), waits)


def message(text: str, again: bool = False) -> str:
    """Return a page with one sentence."""
    return _frame("", text, "", again)


def _frame(title: str, heading: str, body: str, again: bool) -> str:
    refresh = f'<meta http-equiv="refresh" content="{AGAIN}">' if again else ""
    top = f'<p class="top">{escape(title)}</p>' if title else ""
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex">{refresh}<title>{escape(title or "Werksessie")}</title>'
        f"<style>{STYLE}</style></head><body><main>{top}<h1>{escape(heading)}</h1>{body}</main></body></html>"
    )


def _question(asked: Asked) -> str:
    round_field = f'<input type="hidden" name="vraag" value="{escape(f"{asked.figure}:{asked.kind}")}">'
    return f'<form method="post" autocomplete="off">{round_field}{_answers(asked)}</form>'


def _answers(asked: Asked) -> str:
    if not asked.options:
        unit = f" ({escape(asked.unit)})" if asked.unit else ""
        field = '<input type="text" id="a" name="antwoord" inputmode="decimal" maxlength="20" required>'
        return f'<label for="a">Uw schatting{unit}</label>{field}<button class="main">Verstuur</button>'
    if asked.most > 1:
        picks = "".join(
            f'<label class="pick"><input type="checkbox" name="antwoord" value="{escape(key)}"><span>{escape(text)}</span></label>'
            for key, text in asked.options.items()
        )
        return (
            f'<p class="small">{escape(words.most_dots(asked.most))}</p>{picks}<button class="main">Verstuur</button>'
        )
    return "".join(
        f'<button name="antwoord" value="{escape(key)}">{escape(text)}</button>' for key, text in asked.options.items()
    )
