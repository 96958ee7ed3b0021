"""The address bar holds the choices: codes and ids, so a link, a bookmark and the back button open the same view.

Streamlit's own binding of widgets to the address writes what stands on screen ("Centrum", 66 times in the Netherlands)
and forgets an unknown value without a word; here the address holds codes, and what was not found is kept to be said.
Each run: `begin`, then one `choose` per choice, then `finish`.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

# Choices that go along to the next page.
SHARED = ("gemeente", "wijk", "buurt", "presenteren")


def begin(page: str) -> None:
    """Start of a run: was the address changed from outside (a link, the back button, another page)?"""
    state = st.session_state
    url = st.query_params.to_dict()
    state["_external"] = page != state.get("_page") or url != state.get("_written")
    if page != state.get("_page"):
        state["_figure"] = 0
    if state["_external"]:
        state["_misses"], state["_led"] = {}, []
    coming = state.pop("_led_next", [])
    state["_led_now"] = bool(coming)
    state["_led"] = coming or state.get("_led", [])
    state["_as_it_came"] = dict(url)
    state["_page"], state["_url"], state["_new"], state["_asked"], state["_offered"] = page, url, {}, set(), {}
    state.setdefault("_pending", {})


def lead(moved: Callable[[str], tuple[str, str] | None]) -> None:
    """An address with codes of before means what these are called now.

    moved: code -> (code of now, sentence), or None when the code is of now or unknown.
    """
    state = st.session_state
    if not state["_external"]:
        return
    for name, value in state["_url"].items():
        codes = []
        for code in value.split(","):
            target = moved(code)
            codes.append(target[0] if target else code)
            if target:
                state["_led"].append(target[1])
        state["_url"][name] = ",".join(dict.fromkeys(codes))


def led() -> list[str]:
    """Sentences about codes and names of before that led to those of now, until somebody makes another choice."""
    return list(dict.fromkeys(st.session_state.get("_led", [])))


def lead_on(name: str, value: str, text: str) -> None:
    """A choice that is only another name for `value`: choose that, say so, and run again."""
    st.session_state["_led_next"] = [text]
    set_choice(name, value)


def choose(
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    show: Callable[[str], str] = str,
    kind: str = "select",
    width: int | Literal["stretch"] = 200,
    help: str | None = None,
    always: bool = False,
) -> str:
    """One choice, as a widget and in the address. Returns one of `options`.

    kind: "select", or "segmented" for two or three options. While presenting, no widget is drawn. always: the default stands
    in the address too, because what it is depends on other choices or on what is recorded.
    """
    unsaid = None if always else default
    value = _keep(name, _resolve(name, list(options), default), unsaid)
    if presenting() or not options:
        return value
    key = f"w_{name}"
    st.session_state[key] = value
    if kind == "segmented":
        picked = st.segmented_control(label, options, format_func=show, key=key, required=True, help=help)
    else:
        picked = st.selectbox(label, options, format_func=show, key=key, width=width, help=help)
    return _keep(name, picked if picked is not None else value, unsaid)


def write(name: str, label: str, default: str, belongs_to: str = "", width: int = 240, help: str | None = None) -> str:
    """A choice that is typed, in the address as it was typed. Another `belongs_to` begins with the default again."""
    state, key = st.session_state, f"w_{name}"
    state["_asked"].add(name)
    kept = state.get(key, state.get(f"keuze_{name}")) if state.get(f"_van_{name}") == belongs_to else None
    value = state["_url"].get(name) if state["_external"] else kept
    state[f"_van_{name}"], state[key] = belongs_to, default if value is None else value
    if not presenting():
        st.text_input(label, key=key, width=width, help=help)
    return _keep(name, state[key].strip(), default)


def hold(name: str, options: Sequence[str], default: str = "") -> str:
    """A choice in the address without a widget: what is opened, what is being edited. Returns one of `options`."""
    return _keep(name, _resolve(name, list(options), default), default)


def keep_text(name: str, belongs_to: str = "") -> str:
    """A text in the address without a widget, as it stands there. Another `belongs_to` begins empty again.

    It is changed with `set_choice`.
    """
    state = st.session_state
    state["_asked"].add(name)
    kept = state.get(f"keuze_{name}") if state.get(f"_van_{name}") == belongs_to else None
    value = state["_pending"].pop(name, state["_url"].get(name) if state["_external"] else kept)
    state[f"_van_{name}"] = belongs_to
    return _keep(name, value or "", "")


def miss(name: str, values: list[str]) -> None:
    """What was asked for under `name` and cannot be used: said under the title while the address came from outside."""
    if st.session_state["_external"]:
        _note_misses(name, values)


def miss_unasked(names: Sequence[str]) -> None:
    """What a link says under these names and nothing on this screen asked for: a miss too. Last of all choices."""
    for name in names:
        if asked(name) and name not in st.session_state["_asked"]:
            miss(name, [str(asked(name))])


def choose_many(
    name: str,
    label: str,
    options: Sequence[str],
    show: Callable[[str], str] = str,
    limit: int = 6,
    width: int | Literal["stretch"] = 320,
    placeholder: str = "Kies een of meer",
) -> list[str]:
    """Several choices (none by default), comma separated in the address. More than `limit` are misses."""
    state, key = st.session_state, f"w_{name}"
    state["_asked"].add(name)
    if state["_external"]:
        asked = [part for part in dict.fromkeys(state["_url"].get(name, "").split(",")) if part]
        usable = [part for part in asked if part in options][:limit]
        _note_misses(name, [part for part in asked if part not in usable])
        # What stands in the widget is from the address before this one.
        state[f"keuze_{name}"] = state[key] = usable
    kept = state["_pending"].pop(name, state.get(key, state.get(f"keuze_{name}", [])))
    state[key] = [part for part in dict.fromkeys(kept) if part in options][:limit]
    picked = state[key]
    if not presenting():
        picked = st.multiselect(
            label, options, format_func=show, key=key, width=width, max_selections=limit, placeholder=placeholder
        )
    state[f"keuze_{name}"] = picked
    if picked:
        state["_new"][name] = ",".join(picked)
    return picked


def set_choice(name: str, value: str | list[str]) -> None:
    """Change a choice from the program (a click on the map) and run again."""
    st.session_state["_pending"][name] = value
    st.rerun()


def plan(name: str, value: str) -> None:
    """`set_choice` for a callback, which runs before the page does: the page that follows shows the change."""
    st.session_state["_pending"][name] = value


def asked(name: str) -> str | None:
    """What an address from outside (a link, the back button) says about a choice; None after a choice on the page."""
    return st.session_state["_url"].get(name) if st.session_state["_external"] else None


def suggest(name: str, value: str) -> None:
    """What the address means without saying it (a wijk lies in one gemeente): used when it says nothing itself."""
    if asked(name) is None:
        st.session_state["_pending"].setdefault(name, value)


def value(name: str) -> str | None:
    """What was chosen for `name` in this run or before; None when it was never asked."""
    return st.session_state.get(f"keuze_{name}")


def presenting() -> bool:
    """Whether the presenting switch is on."""
    return st.session_state.get("keuze_presenteren") == "1"


def switch_presenting() -> None:
    """Read the switch from the address (it has no widget of its own here)."""
    _keep("presenteren", _resolve("presenteren", ["0", "1"], "0"), "0")


def misses() -> dict[str, list[str]]:
    """What the address asked for and was not found: choice -> values. Nothing once somebody has made another choice."""
    state = st.session_state
    if not state["_external"] and _meaning() != state["_meaning"]:
        state["_misses"] = {}
    return state.get("_misses", {})


def shared_params() -> dict[str, str]:
    """The choices that a link to another page takes along."""
    state = st.session_state
    current = {**state["_url"], **state["_new"]}
    return {
        name: current[name]
        for name in SHARED
        if name in current and (name in state["_new"] or name not in state["_asked"])
    }


def offer(page: str, choices: dict[str, str]) -> None:
    """What the menu's link to that page (its place in the address) takes along besides the shared choices."""
    st.session_state["_offered"][page] = choices


def offered(page: str) -> dict[str, str]:
    """What this run offers that page (see `offer`)."""
    return st.session_state["_offered"].get(page, {})


def full_query() -> dict[str, str]:
    """Every choice written out, defaults too, so that a copied link keeps its meaning when a new edition arrives."""
    return {
        str(name).removeprefix("keuze_"): ",".join(value) if isinstance(value, list) else value
        for name, value in st.session_state.items()
        if str(name).removeprefix("keuze_") in st.session_state["_asked"] and value
    }


def finish() -> None:
    """End of a run: the address says what the screen shows (defaults left out).

    An address that came from outside is left as it is until somebody makes a choice: rewriting it would put a step in
    the browser's history that the back button can never get past.
    """
    state, meaning = st.session_state, _meaning()
    if not state["_external"] and meaning != state["_meaning"] and not state.pop("_led_now", False):
        state["_led"] = []
    if state["_external"]:
        state["_written"], state["_meaning"] = state["_as_it_came"], meaning
    elif meaning != state["_meaning"]:
        st.query_params.from_dict(meaning)
        state["_written"] = state["_meaning"] = meaning


def _meaning() -> dict[str, str]:
    """The choices of this run, as they belong in the address: those of other pages are kept."""
    state = st.session_state
    kept = {name: value for name, value in state["_url"].items() if name in SHARED and name not in state["_asked"]}
    return {**kept, **state["_new"]}


def _resolve(name: str, options: list[str], default: str) -> str:
    """The value before the widget is drawn: pending, else address, else what it was, else the default."""
    state, key = st.session_state, f"w_{name}"
    state["_asked"].add(name)
    if name in state["_pending"]:
        value = state["_pending"].pop(name)
    elif state["_external"]:
        value = state["_url"].get(name)
        if value is not None and value not in options:
            _note_misses(name, [value])
    else:
        value = state.get(key, state.get(f"keuze_{name}"))
    return value if value in options else default


def _keep(name: str, value: str, default: str | None) -> str:
    st.session_state[f"keuze_{name}"] = value
    if value != default:
        st.session_state["_new"][name] = value
    else:
        st.session_state["_new"].pop(name, None)
    return value


def _note_misses(name: str, values: list[str]) -> None:
    if values:
        st.session_state["_misses"][name] = values
