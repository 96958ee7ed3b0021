"""The page Activiteiten: which of its views is asked for. Each view has a module of its own."""

import streamlit as st

from wijkdata.store.participation.statements import GONE
from wijkdata.ui import address, session

PAGE = "Activiteiten"
REGISTER, COVERAGE, FILES, DETAIL, FORM = "register", "dekking", "uitwisselen", "activiteit", "formulier"
VIEWS = {REGISTER: "Register", COVERAGE: "Dekking", FILES: "Excel in en uit"}
NEW = "nieuw"


def ask() -> tuple[str, str]:
    """Return (which view, id of the activity it is about or ""): from the address, or the switch above the register."""
    register = session.register()
    ids = [*register.frame("activity")["id"], *register.frame(GONE)["id"]]
    chosen = address.hold("activiteit", ["", *ids])
    editing = address.hold("bewerk", ["", "ja", NEW])
    if editing == NEW:
        return FORM, ""
    if chosen:
        return (FORM if editing else DETAIL), chosen
    return address.hold("beeld", list(VIEWS), REGISTER), ""


def switch() -> None:
    """Switch between Register, Dekking, Excel in en uit: below the head of each of the three."""
    with st.container(key="keuzes_beeld"):
        address.choose("beeld", "Beeld", list(VIEWS), REGISTER, VIEWS.__getitem__, kind="segmented")


def open_detail(activity_id: str) -> None:
    """Show one activity; runs the page again."""
    address.plan("bewerk", "")
    address.set_choice("activiteit", activity_id)


def open_form(activity_id: str = "") -> None:
    """Change an activity, or make a new one; runs the page again."""
    address.plan("concept", "")
    address.plan("activiteit", activity_id)
    address.set_choice("bewerk", "ja" if activity_id else NEW)


def open_view(view: str = REGISTER) -> None:
    """Go back to the register (or another of the three); runs the page again."""
    address.plan("activiteit", "")
    address.plan("bewerk", "")
    address.set_choice("beeld", view)
