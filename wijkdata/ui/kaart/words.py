"""Writes what the page Kaart says besides the answer: about the circles, and where there is no map or no choice."""

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.kaart.answer import ActivityLayer, ClassKind, MapAnswer
from wijkdata.settings import MINIMUM_POPULATION

CLASS_WORDS = {
    ClassKind.FIXED: "Vaste grenzen",
    ClassKind.SPREAD: "Even grote groepen",
    ClassKind.OWN: "Eigen grenzen",
}
WHAT_TO_READ = (
    "Lees op de pagina Gegevens een bestand met cijfers per wijk of buurt in, bijvoorbeeld de Leefbaarometer of de "
    "Kerncijfers wijken en buurten van het CBS."
)
FEW_RESIDENTS = f"Gebieden met minder dan {dutch.number(MINIMUM_POPULATION)} inwoners staan niet in dit lijstje."


def no_borders(level: Level) -> str:
    """Says what to read in for a map (Markdown)."""
    areas = level.plural
    return (
        f"**Er is geen kaart, want van deze {areas} zijn geen grenzen ingelezen.** De tabel hieronder heeft wel alle cijfers. "
        f"Lees op de pagina Gegevens de grenzen van de {areas} in: de wijk- en buurtkaart van CBS en PDOK (GeoJSON of shapefile)."
    )


def not_writable(folder: str, country: bool) -> str:
    """Says what it means that no shapes can be kept (Markdown)."""
    what = (
        "De kaart van heel Nederland kan daarom niet worden getekend."
        if country
        else "De kaart wordt nu bij elke keuze opnieuw verstuurd en is daardoor trager."
    )
    return f"**{what}** In de map {folder} kan niet worden geschreven; geef wijkdata daar schrijfrechten."


def circles(layer: ActivityLayer, level: Level) -> str:
    """Says what the numbers on the map are, and what they leave out."""
    whole = ""
    if layer.whole:
        n = dutch.count(layer.whole, "activiteit", "activiteiten")
        whole = f" {n} voor een hele gemeente telt niet in de cirkels mee."
    return (
        f"Cirkels: activiteiten die in {layer.years_text} liepen, per {level.value} (register wijkdata); "
        f"{dutch.n_of(layer.n, 'activiteit', 'activiteiten')}, een activiteit in meer {level.plural} telt in elk mee."
        f"{whole} Geen cirkel: niets geregistreerd."
    )


def map_description(answer: MapAnswer, layer: ActivityLayer | None) -> str:
    """Describes the map, with its circles when they are there, for who cannot see it."""
    if layer is None:
        return answer.text.description
    areas = dutch.count(len(layer.counts), answer.level.value, answer.level.plural)
    return (
        f"{answer.text.description} Cirkels met het aantal activiteiten in {layer.years_text} staan in {areas}; "
        "de tabel heeft de aantallen."
    )


def ends_of_list(answer: MapAnswer) -> tuple[str, str]:
    """Names the two ends of the list of extremes."""
    return ("Ongunstigst", "Gunstigst") if answer.topic.sign else ("Laagst", "Hoogst")


def value(answer: MapAnswer, number: float) -> str:
    """Writes a value of the map with its unit; a score has none."""
    text = dutch.number(number, answer.topic.decimals, answer.figures.signed)
    return text if answer.topic.pillar else f"{text} {answer.topic.unit}"
