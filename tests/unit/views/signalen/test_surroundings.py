"""Whether areas lie among areas like themselves, in words: what the title says is what the rows and the table hold."""

from types import SimpleNamespace

import pytest

from wijkdata.analysis.signals.moran import MoranKind
from wijkdata.areas import Level
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.signalen.answer import Around, Surroundings, WhyNoSurroundings
from wijkdata.views.signalen import surroundings

SOURCE = SourceLine("Bron: niets")


def area(name: str, kind: MoranKind, pillar: str = "de veiligheid") -> Around:
    return Around(f"WK-{name}", name, pillar, 2024, 80.0, 82.0, 1.2, 0.01, kind)


def answer(*areas: Around, why_not: WhyNoSurroundings | None = None, n: int = 18) -> SimpleNamespace:
    return SimpleNamespace(
        name="Vlierstede", level=Level.WIJK, surroundings=Surroundings(areas, n, 15, why_not, SOURCE)
    )


@pytest.mark.parametrize(
    ("areas", "title", "rows"),
    [
        ([], "Geen cluster te zien: wat naast elkaar ligt, lijkt niet duidelijk meer op elkaar dan bij toeval", []),
        ([area("Noord", MoranKind.ORDINARY)],
         "Geen cluster te zien: wat naast elkaar ligt, lijkt niet duidelijk meer op elkaar dan bij toeval", []),
        ([area("Noord", MoranKind.CLUSTER), area("Oost", MoranKind.CLUSTER), area("Zuid", MoranKind.LOW)],
         "3 wijken met scores die op die van de buren lijken",
         ["De veiligheid: Noord en Oost liggen lager dan gemiddeld in de gemeente, net als de gebieden ernaast.",
          "De veiligheid: Zuid ligt hoger dan gemiddeld in de gemeente, net als de gebieden ernaast."]),
        ([area("Noord", MoranKind.CLUSTER), area("Noord", MoranKind.CLUSTER, "de zorg")],
         "1 wijk met scores die op die van de buren lijken",
         ["De veiligheid: Noord ligt lager dan gemiddeld in de gemeente, net als de gebieden ernaast.",
          "De zorg: Noord ligt lager dan gemiddeld in de gemeente, net als de gebieden ernaast."]),
        ([area("Noord", MoranKind.ISLAND), area("Oost", MoranKind.HOLLOW)],
         "2 wijken met scores die van die van de buren verschillen",
         ["De veiligheid: Noord ligt lager dan gemiddeld, terwijl de gebieden ernaast hoger liggen.",
          "De veiligheid: Oost ligt hoger dan gemiddeld, terwijl de gebieden ernaast lager liggen."]),
        ([area("Hof en Haag", MoranKind.CLUSTER), area("Oost", MoranKind.CLUSTER)],
         "2 wijken met scores die op die van de buren lijken",
         ["De veiligheid: Hof en Haag; Oost liggen lager dan gemiddeld in de gemeente, net als de gebieden ernaast."]),
    ],
    ids=["nothing", "nothing that stands out", "alike", "one area on two pillars", "unlike alone", "a name with en"],
)  # fmt: skip
def test_title_and_rows_say_what_lies_together(areas, title, rows):
    told = answer(*areas)
    assert surroundings.title(told) == title
    assert [f"{pillar} {text}" for pillar, text, _ in surroundings.rows(told)] == rows
    assert surroundings.description(told).startswith(title)
    table = surroundings.table(told)
    assert table["Gebied"].tolist() == [one.name for one in areas]
    assert not {"q", "Moran I"} & set(table.columns), "what a column holds is said in words"


@pytest.mark.parametrize(
    ("why_not", "said"),
    [
        (WhyNoSurroundings.NO_SCORES, "Van Vlierstede zijn er nog geen pijlerscores per wijk; lees op Gegevens jaarcijfers in."),
        (WhyNoSurroundings.NO_BORDERS, "Daarvoor zijn grenzen nodig; lees op Gegevens de wijk- en buurtkaart in."),
        (WhyNoSurroundings.FEW_AREAS, "in Vlierstede zijn het er 9"),
    ],
)  # fmt: skip
def test_where_it_cannot_be_told_it_says_what_would_mend_it(why_not, said):
    told = answer(why_not=why_not, n=9)
    assert surroundings.title(told) == "Waar buren op elkaar lijken: nog niet te zeggen"
    assert said in surroundings.why_not(told)
