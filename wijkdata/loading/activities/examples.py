"""The two example rows of every sheet of the template: invented, marked, and never read in."""

from typing import Any

from wijkdata.loading.activities.columns import EXAMPLE

ONE, TWO = f"{EXAMPLE}-1", f"{EXAMPLE}-2"
_MARK = "VOORBEELD, haal deze rij weg"
# Table -> rows as somebody would type them. The areas are of a gemeente that does not exist.
ROWS: dict[str, list[dict[str, Any]]] = {
    "activity": [
        {"id": ONE, "title": f"Buurtmoestuin ({_MARK})", "kind": "Zelfbeheer van een plek",
         "description": "Bewoners beheren samen een moestuin op een braakliggend veld.", "initiator": "Bewoner(s)",
         "step": "Zelfbeheer", "start_planned": "01-04-2024", "status": "Loopt", "source": "Eigen opgave",
         "start_actual": "15-04-2024", "precision": "Dag", "repeated": "Herhaald", "times": "40",
         "support": "Faciliterend", "form": "Op een plek", "access": "Open voor iedereen", "audience": "Alle bewoners",
         "recruitment": "Open oproep; Deur aan deur", "cost_asked": "4.000", "cost_granted": "3500",
         "cost_spent": "3.412,50", "price_year": "2024", "hours_included": "nee", "evidence": "1 Telling of verslag"},
        {"id": TWO, "title": f"Schouw met bewoners ({_MARK})", "kind": "Schouw of wijkwandeling",
         "description": "Bewoners, politie en gemeente lopen samen door de wijk.", "initiator": "Gemeente",
         "step": "Raadplegen", "start_planned": "12-09-2023", "end_planned": "12-09-2023", "status": "Afgerond",
         "source": "Verslag", "start_actual": "12-09-2023", "end_actual": "12-09-2023", "precision": "Dag",
         "repeated": "Eenmalig", "evidence": "1 Telling of verslag"},
    ],
    "area": [
        {"activity_id": ONE, "area": "BU97010101", "division": "2024", "share": "100"},
        {"activity_id": TWO, "area": "WK970102", "division": "2024"},
    ],
    "pillar": [
        {"activity_id": ONE, "rank": "1", "pillar": "Collectieve weerbaarheid"},
        {"activity_id": ONE, "rank": "2", "pillar": "Fysieke leefomgeving"},
    ],
    "aim": [
        {"activity_id": ONE, "indicator": "eenzaam", "direction": "Omlaag", "size": "2,5", "judge_at": "31-12-2027"},
        {"activity_id": TWO, "indicator": "vertrouwen", "direction": "Omhoog", "judge_at": "31-12-2025"},
    ],
    "count": [
        {"activity_id": ONE, "date": "31-12-2024", "method": "Geteld", "visits": "640", "participants": "58",
         "new_participants": "21", "local": "52", "volunteers": "12", "volunteer_hours": "410,5", "active": "12",
         "organisations": "3"},
        {"activity_id": TWO, "date": "12-09-2023", "method": "Geschat", "participants": "35", "contributions": "48"},
    ],
    "group": [
        {"activity_id": ONE, "date": "31-12-2024", "trait": "Leeftijd", "class": "65 jaar en ouder", "number": "23"},
        {"activity_id": ONE, "date": "31-12-2024", "trait": "Leeftijd", "class": "0 tot en met 17 jaar", "number": "<5"},
    ],
    "organisation": [
        {"activity_id": ONE, "name": "Stichting Voorbeeldtuin", "type": "Bewonersorganisatie", "role": "Uitvoerder"},
        {"activity_id": TWO, "name": "Gemeente Voorbeeld", "type": "Gemeente", "role": "Initiatiefnemer"},
    ],
    "outcome": [
        {"activity_id": ONE, "kind": "Ontmoeting", "description": "Buren kennen elkaar nu bij naam.",
         "since": "01-10-2024", "lasting": "ja", "carried_by": "Bewoner(s)", "told_back": "ja",
         "told_back_at": "20-11-2024"},
        {"activity_id": TWO, "kind": "Zorg voor de omgeving", "description": "Zes lantaarnpalen zijn hersteld.",
         "since": "01-11-2023"},
    ],
    "timeline": [
        {"activity_id": ONE, "date": "15-04-2024", "kind": "Start", "text": "Eerste werkdag met twintig bewoners"},
        {"activity_id": ONE, "date": "01-07-2024", "kind": "Mijlpaal", "text": "Eerste oogst gedeeld"},
    ],
    "relation": [
        {"activity_id": ONE, "kind": "Vervolg op", "other": TWO},
        {"activity_id": TWO, "kind": "Zelfde methode als", "other": ONE},
    ],
    "event": [
        {"id": ONE, "area": "WK970102", "start": "01-02-2023", "end": "30-06-2024", "kind": "Sloop",
         "text": f"Vier portiekflats gesloopt ({_MARK})"},
        {"id": TWO, "area": "GM9701", "start": "01-01-2024", "kind": "Beleid", "text": f"Nieuw subsidiebeleid ({_MARK})"},
    ],
}  # fmt: skip
