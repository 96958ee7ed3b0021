"""How many choices of Voor en na this person has looked at for one intervention: the more, the sooner chance makes a difference.

Kept in the session, so as long as the window is open and not loaded anew; never on disk.
"""

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from wijkdata.areas import municipality_of
from wijkdata.questions.voor_en_na.answer import Answered, ImpactAnswer, Request, TopicRow

_STATE = "_bekeken"
Subject = tuple[str, str]


def count(request: Request, answer: ImpactAnswer) -> int:
    """How many choices that chance could make a difference of, this one included. The same one again does not count again."""
    seen = _seen(request)
    if isinstance(answer, Answered) and answer.finding.inference.p_value is not None:
        seen.add(request)
    return len(seen)


def add_topics(request: Request, rows: Iterable[TopicRow]) -> bool:
    """Count every topic of a table of them as looked at. Return whether that made a difference."""
    seen = _seen(request)
    before = len(seen)
    seen |= {_on(request, row) for row in rows if row.p_value is not None}
    return len(seen) > before


def _on(request: Request, row: TopicRow) -> Request:
    """The choice that the page of that topic begins with."""
    if row.topic_id == request.topic_id:
        return request
    wanted = replace(request.wanted, chosen_on=None)
    return replace(request, wanted=wanted, topic_id=row.topic_id, first_after=row.first_after)


def _seen(request: Request) -> set[Request]:
    """The choices so far. Areas by hand are themselves a choice, so all of one gemeente are counted together."""
    wanted = request.wanted
    of: dict[Subject, set[Request]] = st.session_state.setdefault(_STATE, {})
    return of.setdefault((wanted.kind, wanted.id or municipality_of(wanted.areas[0]) or ""), set())
