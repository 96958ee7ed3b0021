"""Everything of one area at once, as a report has it; the page asks for the same parts one by one."""

from datetime import date

from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared.answer import Against
from wijkdata.questions.wijkprofiel import activities, lines, look_alikes, spine
from wijkdata.questions.wijkprofiel.answer import Profile
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def profile(register: Register, monitor: Monitor, catalogue: Catalogue, code: str, today: date) -> Profile:
    """Ask what the page asks with its first choices: beside everybody, and the topic that it opens with."""
    topic = lines.first_topic(monitor, catalogue, code)
    return Profile(
        spine.spine(monitor, catalogue, code, Against.EVERYBODY),
        lines.pillar_lines(monitor, catalogue, code),
        activities.line(register, monitor, catalogue, code, topic, today) if topic else None,
        activities.around(register, monitor, catalogue, code, today),
        look_alikes.alikes(monitor, catalogue, code),
    )
