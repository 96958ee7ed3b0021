"""Phones: the address and its QR code, and the switch that lets them in."""

from html import escape

import segno
import streamlit as st

from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie.answer import Session
from wijkdata.ui import address, blocks, session
from wijkdata.ui.werksessie import listener, navigation
from wijkdata.views.werksessie import words

# So much of an earlier session fits beside the code on a slide.
_PRESENTED = 3


def join(answer: Session) -> None:
    """Draw how to take part, what became of the last time, and the switches of the session."""
    listening = listener.current(session.data_dir(), answer.id)
    left, right = st.columns([1, 1.4], gap="large")
    with left:
        if listening is not None:
            _address(listening.address)
        else:
            st.html('<p class="wd-lead">Telefoons doen niet mee; stemmen gaat met handen en stickers.</p>')
    with right:
        _since(answer)
    _switches(answer, listening)


def invite(answer: Session) -> None:
    """Draw the code beside a question, for who has not opened it yet."""
    listening = listener.current(session.data_dir(), answer.id)
    if listening is not None:
        with st.container(key="zaal_code", width=280):
            _address(listening.address)


def _address(url: str) -> None:
    """The code on white, whatever the mode, and the address to type."""
    picture = segno.make(url, error="m").png_data_uri(scale=8, border=3, dark="#1A2326", light="#FFFFFF")
    alt = f"QR-code van {url}"
    st.html(
        f'<img src="{picture}" alt="{escape(alt)}" style="width: 100%; max-width: 18rem; image-rendering: pixelated">'
    )
    st.html(f'<p class="wd-name">{escape(url.removeprefix("http://"))}</p>')


def _since(answer: Session) -> None:
    if not answer.before:
        return
    st.html(f'<p class="wd-name">{escape(words.since_title(answer))}</p>')
    for before in answer.before[:1] if address.presenting() else answer.before:
        lines = [words.agreement_line(one) for one in before.agreements] + [
            words.point_line(one) for one in before.chances
        ]
        blocks.listing(lines[:_PRESENTED] if address.presenting() else lines)


def _switches(answer: Session, listening: listener.Listener | None) -> None:
    directory = session.data_dir()
    with st.container(horizontal=True, key="doe_sessie"):
        if answer.state != sessions.OPEN:
            if st.button("Open de sessie", key="doe_begin", type="primary", shortcut="o"):
                sessions.start(directory, answer.id, navigation.ROLE)
                st.rerun()
        elif st.button("Sluit de sessie", key="doe_sluit", shortcut="s"):
            sessions.close(directory, answer.id, navigation.ROLE)
            listener.stop(directory, answer.id)
            st.rerun()
        if listening is not None and st.button("Telefoons uit", key="doe_telefoons_uit", shortcut="t"):
            listener.stop(directory, answer.id)
            st.rerun()
    if answer.state == sessions.OPEN and listening is None and not address.presenting():
        _let_in(answer)


def _let_in(answer: Session) -> None:
    """Say what it means, then ask for it."""
    hosts = listener.hosts()
    blocks.read_this(words.PHONES_MEAN if hosts else words.NO_NETWORK)
    if not hosts:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="doe_netwerk"):
        host = st.selectbox("Netwerk van de zaal", hosts, key="w_netwerk", width=240)
        if st.button("Telefoons aan", key="doe_telefoons_aan"):
            listener.start(session.data_dir(), answer.id, host)
            st.rerun()
