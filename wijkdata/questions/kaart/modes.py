"""Lists the ways of showing a topic on the map.

To add one: a subclass of `Mode` in a file of its own, and its name here.
"""

from wijkdata.questions.kaart.change import Change
from wijkdata.questions.kaart.material import Material
from wijkdata.questions.kaart.mode import Mode
from wijkdata.questions.kaart.state import State

# In the order of the buttons; the first is the usual one.
MODES: tuple[type[Mode], ...] = (State, Change)


def mode_of(material: Material) -> Mode:
    """Returns the chosen mode, at work on this material."""
    return next(mode for mode in MODES if mode.name == material.choice.mode)(material)
