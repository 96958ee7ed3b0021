"""The areas one can choose in the form: those of the gemeente on screen, by name."""

from wijkdata.areas import Level, level_of, municipality_of, normalise
from wijkdata.errors import WijkdataError
from wijkdata.questions.shared import places
from wijkdata.store.monitor.versions import Monitor
from wijkdata.ui import address, place, session


def hold() -> None:
    """Keep the gemeente of the address (no widget: the form asks for areas itself)."""
    monitor = _monitor()
    if monitor is not None:
        names = place.municipality_names(monitor)
        address.hold("gemeente", list(names), places.default_municipality(monitor))


def municipality() -> str:
    """Return the gemeente on screen; "" without figures."""
    return address.value("gemeente") or ""


def asked() -> str:
    """Return the wijk or buurt that a link says a new activity is for (`waar=WK059908`); "" for none, or none of the gemeente."""
    return address.hold("waar", ["", *names(municipality() or "NL00")])


def asked_aim() -> str:
    """Return the indicator that a link says a new activity is to change (`doel=meldingen_jeugd`); "" for none."""
    return address.hold("doel", ["", *session.catalogue().indicators])


def division(code: str) -> str:
    """Return the newest year of division in which an area is known; "" when it is not, or when this is no code."""
    monitor, code = _monitor(), normalise(code) or ""
    if monitor is None or not code:
        return ""
    frame = places.all_areas(monitor, level_of(code))
    return str(int(frame.at[code, "division"])) if code in frame.index else ""


def names(code: str) -> dict[str, str]:
    """Return code -> name of the gemeente (in which `code` lies), its wijken and its buurten; empty without figures about it."""
    monitor = _monitor()
    inside = municipality_of(normalise(code) or "NL00")
    if monitor is None or inside is None:
        return {}
    known = place.municipality_names(monitor)
    if inside not in known:
        return {}
    listed = {inside: f"Heel {known[inside]}"}
    for level in (Level.WIJK, Level.BUURT):
        listed |= {one: f"{name} ({level.value})" for one, name in place.area_names(monitor, inside, level).items()}
    return listed


def _monitor() -> Monitor | None:
    """Return the figures, when there are any that open: an activity can be recorded without."""
    monitor = session.current()
    if monitor is None:
        return None
    try:
        place.municipality_names(monitor)
    except WijkdataError:  # the indicator pages say it; an activity is recorded with codes then
        return None
    return monitor
