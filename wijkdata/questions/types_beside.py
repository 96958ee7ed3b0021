"""What Overzicht and Wijkprofiel show of the activities, beside their figures."""

from dataclasses import dataclass

from wijkdata.areas import Level
from wijkdata.questions.types_profile import LocalSpan, Subject


@dataclass(frozen=True)
class Soon:
    """An activity that starts or stops within the time named on the page. verb: "start" or "stopt"."""

    id: str
    title: str
    verb: str
    when: str
    where: str


@dataclass(frozen=True)
class Now:
    """What happens in a gemeente now. per_pillar: (title, how many), in catalogue order; no_pillar: of the running ones.

    problems, gaps: areas with a weak or falling pillar, and the names of those with nothing on some such pillar.
    ever: activities that were ever recorded here.
    """

    name: str
    level: Level
    ever: int
    running: int
    wide: int
    no_pillar: int
    per_pillar: tuple[tuple[str, int], ...]
    soon: tuple[Soon, ...]
    problems: int
    gaps: tuple[str, ...]
    days: int


@dataclass(frozen=True)
class Around:
    """Everything recorded of one area: activities and circumstances, oldest first."""

    subject: Subject
    spans: tuple[LocalSpan, ...]

    @property
    def activities(self) -> tuple[LocalSpan, ...]:
        """Without the circumstances."""
        return tuple(one for one in self.spans if not one.event)
