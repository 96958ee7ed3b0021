"""The places of the example: six invented gemeenten with their wijken and buurten.

None of these names exists, except "Groot water", the name of the water in every real gemeente.
"""

from dataclasses import dataclass

FOCUS = "GM9701"
# Focus wijken: code | name | vulnerability (sd, high is vulnerable) | urbanity (0-1) | inhabitants | km east, km north
# of the middle | buurten. Wijk AA has a code with letters, as the divisions since 2022 may have.
_FOCUS_WIJKEN = """
00|Vlierkern|0.35|1.0|6420|0.0,0.0|Grachtenhoek;Marktzijde;Vestingrand
01|Zonnegaarde|0.95|0.8|5180|1.5,0.4|Zonnegaarde-Noord;Zonnegaarde-Zuid
02|Wilgenmeent|0.85|0.7|4760|0.6,1.5|Wilgenmeent-Oost;Wilgenmeent-West
03|Kanaalhove|0.75|0.8|3940|-1.0,1.2|Sluishove;Jaagpadhove
04|Spechtenveld|1.25|0.7|5530|-1.6,-0.2|Specht-Hoog;Specht-Laag
05|Ravelijnwijk|1.15|0.9|4310|-0.7,-1.4|Bastionhoek;Ravelijnhof
06|Turfschippershof|1.30|0.8|3870|0.9,-1.3|Schippersplein;Turfkade
07|Molenbiezen|1.20|0.6|4940|2.7,-0.8|Biezenrand;Molentocht
08|Havenmeesterij|0.20|0.7|4150|2.5,1.7|Kadezijde;Loodshoek;Werfzijde
09|Tichelgaard|0.70|0.6|3620|1.7,3.0|Steenovenpad;Kleiputten
10|Weverskamp|0.55|0.6|4480|0.0,3.0|Spoelhoek;Weefgetouw;Droogveld
11|Parkvliet|-0.30|0.5|3350|-1.9,2.7|Vijverrand;Prieelbuurt
12|Hoge Vlier|-1.20|0.3|2740|-3.1,1.3|Vlierberg;Vlierkam
13|Eikenmeer|-0.75|0.4|3910|-3.0,-0.8|Eikenoever;Zilveroever
14|Lage Vlier|0.10|0.5|3180|-2.3,-2.6|Drinkwal;Weidezoom
15|Bloemendreef|-0.25|0.5|4620|-0.2,-3.0|Tulpendreef;Irisdreef
16|Vlierdorp|-1.05|0.1|1870|2.1,-3.1|Vlierdorp-Kern;Vlierdorp-Buitengebied
17|Vlierpolder|-0.40|0.0|640|4.3,-2.3|Vlierpolder-Oost;Vlierpolder-West
AA|Nieuw-Vlierwaard|-0.80|0.4|2260|-4.3,0.4|Waardwerf;Waardkade
"""
# Without residents: kind | code | name | buurt code | buurt | km east, km north.
_FOCUS_EMPTY = """
bedrijven|90|Bedrijvenpark Vlierpoort|00|Vlierpoort|-3.9,-2.2
water|99|Groot water|99|Zilverplas|4.3,2.6
"""
# The neighbours: wijken numbered from 00, name:vulnerability:urbanity:inhabitants. The first lies at the seat.
_NEIGHBOURS = {
    ("GM9702", "Holmerwaard", 8.6, 4.2): """
Holmerveste:1.20:0.8:5210;Elzenschans:0.90:0.6:3460;Roodakker:-0.35:0.3:2380;Zwaluwmeent:-0.95:0.2:1790;
Holmerhaven:1.25:0.7:4120;Klaverzoom:-0.60:0.2:2040;Duinrietkamp:0.15:0.4:2950;Wachterveld:0.60:0.5:3310;
Oosterholm:-1.35:0.1:1480;Holmerbos:-0.10:0.3:2160""",
    ("GM9703", "Zilverdijk", -0.6, 9.2): """
Zilverkade:1.15:0.9:6130;Muntershof:1.30:0.8:4870;Bakenveld:0.75:0.6:3640;Ketelsluis:0.40:0.5:2890;
Reigerzoom:-0.80:0.2:1920;Dijkerwaard:-1.10:0.1:1360;Zoutmeent:0.05:0.4:2570;Hamerkwartier-Zuid:0.85:0.7:3980;
Zilverweide:-0.45:0.3:2230;Kluizenhoek:-1.50:0.1:1250""",
    ("GM9704", "Kraaienkoog", -9.2, 2.8): """
Kraaiennest-Dorp:0.30:0.5:3720;Koogzijde:-0.65:0.2:1840;Rietmanshof:1.20:0.6:3290;Slenkenveld:-1.20:0.1:1410;
Vossenmeent:-0.20:0.3:2010;Tureluurhoek:0.55:0.4:2480;Hogekoog:-0.90:0.1:1620;Schapendrift:-1.65:0.0:1190;
Wolmarkt:0.70:0.5:2760""",
    ("GM9705", "Noorderwende", -5.6, -7.6): """
Wendehaven:1.25:0.8:5480;Noorderschans:0.80:0.7:4230;Lichterveld:0.20:0.5:3070;Sterrenmeent:-0.50:0.3:2320;
Klokkengaarde:1.15:0.6:3590;Zandhazen:-1.00:0.1:1530;Wendebroek:-0.15:0.3:2110;Pannenbakshof:0.50:0.5:2840;
Oeverwende:-1.30:0.1:1370""",
    ("GM9706", "Bremerzijl", 5.4, -7.8): """
Bremerkade:0.65:0.7:4510;Zijlmanshof:1.20:0.7:3830;Hopakkers:0.10:0.4:2660;Lakenveste:0.90:0.6:3420;
Trekschuit:-0.30:0.3:2180;Bremermeent:-0.70:0.2:1760;Zijlpoort:0.35:0.5:3140;Hooibergen:-1.40:0.0:1160;
Kompaswijk:-0.05:0.4:2590""",
}


@dataclass(frozen=True)
class Buurt:
    """A buurt of the focus gemeente."""

    code: str
    name: str


@dataclass(frozen=True)
class Wijk:
    """A wijk. position: km east and north of the middle, None when the map decides; buurten only in the focus gemeente."""

    code: str
    name: str
    kind: str  # "wonen", "bedrijven" or "water"
    vulnerability: float
    urbanity: float
    inhabitants: int
    position: tuple[float, float] | None
    buurten: tuple[Buurt, ...]

    @property
    def lived_in(self) -> bool:
        """Whether people live here; other wijken have no figures about people."""
        return self.kind == "wonen"


@dataclass(frozen=True)
class Gemeente:
    """A gemeente with its seat (km east and north of the middle) and its wijken in order of code."""

    code: str
    name: str
    seat: tuple[float, float]
    wijken: tuple[Wijk, ...]


def gemeenten() -> tuple[Gemeente, ...]:
    """Make the focus gemeente and its five neighbours, in order of code."""
    focus = Gemeente(FOCUS, "Vlierstede", (0.0, 0.0), (*_focus_lived_in(), *_focus_empty()))
    return (focus, *(_neighbour(*head, text) for head, text in _NEIGHBOURS.items()))


def wijken() -> tuple[Wijk, ...]:
    """List the wijken of all gemeenten, in order of gemeente and code."""
    return tuple(wijk for gemeente in gemeenten() for wijk in gemeente.wijken)


def _pair(text: str) -> tuple[float, float]:
    east, north = text.split(",")
    return float(east), float(north)


def _focus_lived_in() -> list[Wijk]:
    wijken = []
    for line in _FOCUS_WIJKEN.strip().splitlines():
        suffix, name, vulnerability, urbanity, inhabitants, place, buurten = line.split("|")
        area = FOCUS[2:] + suffix
        named = tuple(Buurt(f"BU{area}{order:02d}", buurt) for order, buurt in enumerate(buurten.split(";")))
        figures = (float(vulnerability), float(urbanity), int(inhabitants))
        wijken.append(Wijk("WK" + area, name, "wonen", *figures, _pair(place), named))
    return wijken


def _focus_empty() -> list[Wijk]:
    wijken = []
    for line in _FOCUS_EMPTY.strip().splitlines():
        kind, suffix, name, buurt, buurt_name, place = line.split("|")
        area = FOCUS[2:] + suffix
        wijken.append(
            Wijk("WK" + area, name, kind, 0.0, 0.0, 0, _pair(place), (Buurt(f"BU{area}{buurt}", buurt_name),))
        )
    return wijken


def _neighbour(code: str, name: str, east: float, north: float, text: str) -> Gemeente:
    wijken = []
    for order, entry in enumerate(text.replace("\n", "").split(";")):
        title, vulnerability, urbanity, inhabitants = entry.split(":")
        figures = (float(vulnerability), float(urbanity), int(inhabitants))
        wijken.append(Wijk(f"WK{code[2:]}{order:02d}", title, "wonen", *figures, None, ()))
    return Gemeente(code, name, (east, north), tuple(wijken))
