"""The address bar holds the choices: codes and ids, so a link, a bookmark and the back button open the same view.

Streamlit's own binding of widgets to the address writes the labels on screen ("Centrum", 66 times in the Netherlands)
and drops an unknown value silently; here the address holds codes, and a value that cannot be used is kept and reported.
Each run: `begin`, then one `choose` per choice, then `finish`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from wijkdata import limits

# The choice of high contrast while presenting.
CONTRAST = "contrast"
# Choices that the links to the other pages carry.
SHARED = ("gemeente", "wijk", "buurt", "presenteren", CONTRAST, "stand")
_STATE = "_address"


@dataclass
class _Run:
    """What one run knows of its address.

    external: the address was changed from outside (a link, the back button, another page), so it decides; otherwise the
    widgets do. came: what the address bar said when the run began. url: the same, with former codes replaced by current
    ones. asked: the choices that the page has asked for so far. new: those of them that belong in the address. offered:
    place of a page -> the choices that the menu's link to it carries besides the shared ones. redirected: this run was
    started by `lead_on`.
    """

    external: bool = True
    came: dict[str, str] = field(default_factory=dict)
    url: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    new: dict[str, str] = field(default_factory=dict)
    offered: dict[str, dict[str, str]] = field(default_factory=dict)
    redirected: bool = False


@dataclass
class _Address:
    """What one session knows of its address, from run to run; one value in `st.session_state`.

    chosen, chosen_many: the last choice under each name. defaults: the default that each had in that run; a choice that stands
    on its default is nobody's, and follows the default when other choices change it. typed_for: what a text was typed for
    (`belongs_to`).
    pending: choices made by the program, used when the page asks for them next. written: what the address bar says
    since the last run that was finished, meaning: the choices of that run as they belong in the address (they differ as
    long as an address from outside is left alone). misses: values that were asked for and cannot be used. led: sentences
    about former codes and names that led to current ones; led_next: those for the run that `lead_on` starts.
    """

    page: str | None = None
    run: _Run = field(default_factory=_Run)
    chosen: dict[str, str] = field(default_factory=dict)
    chosen_many: dict[str, list[str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    typed_for: dict[str, str] = field(default_factory=dict)
    pending: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] | None = None
    meaning: dict[str, str] = field(default_factory=dict)
    misses: dict[str, list[str]] = field(default_factory=dict)
    led: list[str] = field(default_factory=list)
    led_next: list[str] = field(default_factory=list)


def _state() -> _Address:
    if _STATE not in st.session_state:
        st.session_state[_STATE] = _Address()
    return st.session_state[_STATE]


def begin(page: str) -> None:
    """Begin a run: find out whether the address was changed from outside (a link, the back button, another page)."""
    state, url = _state(), st.query_params.to_dict()
    external = page != state.page or url != state.written
    if external:
        state.misses, state.led = {}, []
    state.page, state.run = page, _Run(external, dict(url), url, redirected=bool(state.led_next))
    state.led, state.led_next = state.led_next or state.led, []


def lead(moved: Callable[[str], tuple[str, str] | None]) -> None:
    """Replace former codes in an address from outside by the current ones.

    moved: code -> (current code, sentence), or None when the code is current or unknown.
    """
    state = _state()
    if not state.run.external:
        return
    for name, value in state.run.url.items():
        codes = []
        for code in value.split(","):
            target = moved(code)
            codes.append(target[0] if target else code)
            if target:
                state.led.append(target[1])
        state.run.url[name] = ",".join(dict.fromkeys(codes))


def led() -> list[str]:
    """List the sentences about former codes and names that led to current ones, until somebody makes another choice."""
    return list(dict.fromkeys(_state().led))


def say(text: str) -> None:
    """Say something about the link that was opened, under the title, until somebody makes another choice."""
    if _state().run.external:
        _state().led.append(text)


def lead_on(name: str, value: str, text: str) -> None:
    """Choose `value` instead of what was chosen, which is another name for it; say so (`text`) and run again."""
    _state().led_next = [text]
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
    show_chosen: Callable[[str], str] | None = None,
    filter_mode: Literal["fuzzy", "contains"] = "fuzzy",
) -> str:
    """Draw one choice as a widget, keep it in the address, and return it: one of `options`.

    kind: "select", or "segmented" for two or three options. While presenting, no widget is drawn. always: the default is
    in the address too, because what it is depends on other choices or on what is recorded. show_chosen: writes the option
    that is chosen, when otherwise than in the list. filter_mode: how a typed text finds options of a "select".
    """
    left_out = None if always else default
    value = _keep(name, _resolve(name, list(options), default, follows=not always), left_out)
    if presenting() or not options:
        return value
    key = f"w_{name}"
    st.session_state[key] = value
    if kind == "segmented":
        picked = st.segmented_control(label, options, format_func=show, key=key, required=True, help=help)
    else:
        written = _written(show, show_chosen, value)
        picked = st.selectbox(
            label, options, format_func=written, key=key, width=width, help=help, filter_mode=filter_mode
        )
    return _keep(name, picked if picked is not None else value, left_out)


def _written(show: Callable[[str], str], show_chosen: Callable[[str], str] | None, chosen: str) -> Callable[[str], str]:
    """Return how an option is written: the chosen one in its own way."""
    if show_chosen is None:
        return show
    return lambda option: show_chosen(option) if option == chosen else show(option)


def write(name: str, label: str, default: str, belongs_to: str = "", width: int = 240, help: str | None = None) -> str:
    """Draw a choice that is typed; the address holds it as it was typed. Another `belongs_to` begins with the default."""
    state, key = _state(), f"w_{name}"
    state.run.asked.add(name)
    kept = _kept(name, default, follows=True) if state.typed_for.get(name) == belongs_to else None
    value = state.run.url.get(name) if state.run.external else kept
    state.typed_for[name], st.session_state[key] = belongs_to, default if value is None else value
    state.defaults[name] = default
    if not presenting():
        st.text_input(label, key=key, width=width, help=help, max_chars=limits.TYPED)
    return _keep(name, st.session_state[key].strip(), default)


def hold(name: str, options: Sequence[str], default: str = "") -> str:
    """Keep a choice in the address without a widget (what is opened or edited). Return one of `options`."""
    return _keep(name, _resolve(name, list(options), default), default)


def keep_text(name: str, belongs_to: str = "") -> str:
    """Keep a text in the address without a widget, and return it. Another `belongs_to` begins with an empty text.

    `set_choice` changes it.
    """
    state = _state()
    state.run.asked.add(name)
    kept = state.chosen.get(name) if state.typed_for.get(name) == belongs_to else None
    value = state.pending.pop(name, state.run.url.get(name) if state.run.external else kept)
    state.typed_for[name] = belongs_to
    return _keep(name, value or "", "")


def miss(name: str, values: list[str]) -> None:
    """Report values under `name` that cannot be used, when the address came from outside: the page says so under its title."""
    if _state().run.external:
        _note_misses(name, values)


def miss_unasked(names: Sequence[str]) -> None:
    """Report what a link says under those `names` that no choice on this page asked for. Call it after all choices."""
    for name in names:
        if asked(name) and name not in _state().run.asked:
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
    """Draw a choice of several (none by default), comma separated in the address. Those beyond `limit` are misses."""
    state, key = _state(), f"w_{name}"
    state.run.asked.add(name)
    if state.run.external:
        in_address = [part for part in dict.fromkeys(state.run.url.get(name, "").split(",")) if part]
        usable = [part for part in in_address if part in options][:limit]
        _note_misses(name, [part for part in in_address if part not in usable])
        # The widget still holds what was chosen at the previous address.
        state.chosen_many[name] = st.session_state[key] = usable
    kept = st.session_state.get(key, state.chosen_many.get(name, []))
    picked = st.session_state[key] = [part for part in dict.fromkeys(kept) if part in options][:limit]
    if not presenting():
        picked = st.multiselect(
            label,
            options,
            format_func=show,
            key=key,
            width=width,
            max_selections=limit,
            placeholder=placeholder,
            filter_mode="contains",
            select_all=False,
        )
    state.chosen_many[name] = picked
    if picked:
        state.run.new[name] = ",".join(picked)
    return picked


def set_choice(name: str, value: str) -> None:
    """Change a choice from the program (a click on the map) and run again."""
    plan(name, value)
    st.rerun()


def plan(name: str, value: str) -> None:
    """Change a choice as `set_choice` does, in a callback: it runs before the page, so the page that follows shows it."""
    _state().pending[name] = value


def asked(name: str) -> str | None:
    """Return what an address from outside (a link, the back button) says about a choice; None after a choice on the page."""
    run = _state().run
    return run.url.get(name) if run.external else None


def suggest(name: str, value: str) -> None:
    """Use `value` where the address says nothing under `name` but implies it (a wijk lies in one gemeente)."""
    if asked(name) is None:
        _state().pending.setdefault(name, value)


def value(name: str) -> str | None:
    """Return what was chosen for `name` in this run or before; None when no page has asked for it."""
    return _state().chosen.get(name)


def is_chosen(name: str) -> bool:
    """Tell whether somebody chose something else than the default under `name`, by a link or on a page: after any click the
    same as in the link that the click leaves behind."""
    state = _state()
    return name in state.chosen and state.chosen[name] != state.defaults.get(name)


def presenting() -> bool:
    """Tell whether the presenting switch is on."""
    return value("presenteren") == "1"


def switch_presenting() -> None:
    """Read the presenting switch from the address (it has no widget here)."""
    hold("presenteren", ["0", "1"], "0")


def misses() -> dict[str, list[str]]:
    """Map each choice to the values that the address asked for in vain. Empty once somebody has made another choice."""
    state = _state()
    if not state.run.external and _meaning() != state.meaning:
        state.misses = {}
    return state.misses


def shared_params() -> dict[str, str]:
    """Return the choices that a link to another page carries."""
    run = _state().run
    current = {**run.url, **run.new}
    return {name: current[name] for name in SHARED if name in current and (name in run.new or name not in run.asked)}


def offer(page: str, choices: dict[str, str]) -> None:
    """Let the menu's link to that page (its place in the address) carry these choices besides the shared ones."""
    _state().run.offered[page] = choices


def offered(page: str) -> dict[str, str]:
    """Return the choices that `offer` gave that page in this run."""
    return _state().run.offered.get(page, {})


def full_query() -> dict[str, str]:
    """Write out every choice, defaults too, so that a copied link keeps its meaning when a new edition arrives."""
    state = _state()
    every = {**state.chosen, **{name: ",".join(picked) for name, picked in state.chosen_many.items()}}
    return {name: value for name, value in every.items() if name in state.run.asked and value}


def finish() -> None:
    """End a run: make the address say what the screen shows (defaults left out).

    An address that came from outside is left as it is until somebody makes a choice: rewriting it would put a step in
    the browser's history that the back button can never get past.
    """
    state, meaning = _state(), _meaning()
    if state.run.external:
        state.written, state.meaning = state.run.came, meaning
    elif meaning != state.meaning:
        if not state.run.redirected:
            state.led = []
        st.query_params.from_dict(meaning)
        state.written = state.meaning = meaning


def _meaning() -> dict[str, str]:
    """Return the choices of this run as they belong in the address, and the shared ones that this page does not ask for."""
    run = _state().run
    kept = {name: value for name, value in run.url.items() if name in SHARED and name not in run.asked}
    return {**kept, **run.new}


def _resolve(name: str, options: list[str], default: str, follows: bool = True) -> str:
    """Find the value before the widget is drawn: pending, else from the address, else as it was, else the default."""
    state = _state()
    state.run.asked.add(name)
    value: str | None
    if name in state.pending:
        value = state.pending.pop(name)
    elif state.run.external:
        value = state.run.url.get(name)
        if value is not None and value not in options:
            _note_misses(name, [value])
    else:
        value = _kept(name, default, follows)
    state.defaults[name] = default
    return value if value in options else default


def _kept(name: str, default: str, follows: bool) -> str | None:
    """Return what the widget holds, or what was chosen before; None where that was the default, and it follows another one.

    So the same choices mean the same in any order, as they do in a link, which leaves defaults out.
    """
    state = _state()
    value = st.session_state.get(f"w_{name}", state.chosen.get(name))
    followed = follows and value is not None and value == state.defaults.get(name) != default
    return None if followed else value


def _keep(name: str, value: str, left_out: str | None) -> str:
    """Remember a choice; it belongs in the address unless it is `left_out`."""
    state = _state()
    state.chosen[name] = value
    if value != left_out:
        state.run.new[name] = value
    else:
        state.run.new.pop(name, None)
    return value


def _note_misses(name: str, values: list[str]) -> None:
    if values:
        _state().misses[name] = values
