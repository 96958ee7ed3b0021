"""What was compared and what came of it, before it is an answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijkdata.analysis.impact.balance import Balance
from wijkdata.analysis.impact.effect import Effect
from wijkdata.analysis.impact.judgement import Judgement
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.pool import DonorPool


@dataclass(frozen=True)
class ImpactSettings:
    """How it is calculated. method: "sdid", "sc", "difp" or "did"; placebos: at most so many, None as many as the verdict asks; seed: of the draw of placebos."""

    method: str = "sdid"
    placebos: int | None = None
    seed: int = 1


USUAL = ImpactSettings()


@dataclass(frozen=True)
class Calculation:
    """A case with the areas it was compared with, the effect and the balance.

    excluded: (code, reason) left out by hand. also_treated: areas where something else ran, code -> reason.
    """

    case: Case
    donors: DonorPool
    judgement: Judgement
    balance: Balance
    excluded: tuple[tuple[str, str], ...]
    also_treated: Mapping[str, str]

    @property
    def effect(self) -> Effect:
        """The reading that the verdict rests on."""
        return self.judgement.effect
