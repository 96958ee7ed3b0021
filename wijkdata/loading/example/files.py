"""The example in the publishers' own formats: each function gives the whole text of one file.

Numbers are written from whole numbers or rounded to at most 6 decimals; lines end in the publisher's way; every list is
sorted. So the same figures give the same bytes on every platform.
"""

import math

from wijkdata.loading.example import figures, people
from wijkdata.loading.example.geography import DrawnMap
from wijkdata.loading.example.people import People
from wijkdata.loading.example.places import Gemeente, Wijk

# lbm - afw, the same in every year and row of the real file, in units of 1e-14.
_LBM_ZERO = 410226485114369
_DIMENSIONS = ("fys", "onv", "soc", "vrz", "won")
_RIVM_YEAR = 2016

HIDDEN = "."  # how CBS writes a figure it does not publish

Counts = dict[tuple[str, int], People]  # by area code and year


def counts(gemeenten: tuple[Gemeente, ...], drawn: DrawnMap) -> Counts:
    """Count the people of every area in every year."""
    hectares = {code: shape.hectares for shapes in (drawn.wijken, drawn.buurten) for code, shape in shapes.items()}
    counted: Counts = {}
    for year in figures.YEARS:
        for gemeente in gemeenten:
            of_wijken = [people.of_wijk(wijk, year, hectares) for wijk in gemeente.wijken]
            whole_wijken = [by_code[wijk.code] for by_code, wijk in zip(of_wijken, gemeente.wijken, strict=True)]
            counted[gemeente.code, year] = people.joined(whole_wijken)
            counted.update({(code, year): area for by_code in of_wijken for code, area in by_code.items()})
    return counted


# --- Leefbaarometer -------------------------------------------------------------------------------------------------


def lbm_wijken(gemeenten: tuple[Gemeente, ...]) -> str:
    """Write scores per wijk as the release of 2024 does: text quoted, no row for an area without residents."""
    lines = ['"wk_code","wk_naam","jaar","lbm","afw","fys","onv","soc","vrz","won"']
    for wijk in lived_in(gemeenten):
        lines += [_lbm_row(wijk.code, wijk.name, wave, figures.dimensions(wijk, wave)) for wave in figures.WAVES]
    return "\n".join(lines) + "\n"


def lbm_buurten(gemeente: Gemeente) -> str:
    """Write scores per buurt of the focus gemeente."""
    lines = ['"bu_code","bu_naam","jaar","lbm","afw","fys","onv","soc","vrz","won"']
    for wijk in lived_in((gemeente,)):
        scores = {wave: figures.buurt_dimensions(wijk, wave) for wave in figures.WAVES}
        for buurt in wijk.buurten:
            lines += [_lbm_row(buurt.code, buurt.name, wave, scores[wave][buurt.code]) for wave in figures.WAVES]
    return "\n".join(lines) + "\n"


def lbm_gemeenten(gemeenten: tuple[Gemeente, ...], counted: Counts) -> str:
    """Write scores per gemeente: the mean over the residents of its wijken."""
    lines = ['"gm_code","gm_naam","jaar","lbm","afw","fys","onv","soc","vrz","won"']
    for gemeente in gemeenten:
        for wave in figures.WAVES:
            year = max(wave, figures.YEARS[0])
            scores = [(figures.dimensions(w, wave), counted[w.code, year].inhabitants) for w in lived_in((gemeente,))]
            means = {
                name: round(figures.weighted_mean((of[name], weight) for of, weight in scores)) for name in _DIMENSIONS
            }
            lines.append(_lbm_row(gemeente.code, gemeente.name, wave, means))
    return "\n".join(lines) + "\n"


def lived_in(gemeenten: tuple[Gemeente, ...]) -> list[Wijk]:
    """List the wijken where people live, in order."""
    return [wijk for gemeente in gemeenten for wijk in gemeente.wijken if wijk.lived_in]


def _lbm_row(code: str, name: str, wave: int, scores: dict[str, int]) -> str:
    """Write one row from millionths: lbm - afw is the constant and the five add up to afw, both to the last digit."""
    afw = sum(scores.values())
    cells = [f'"{code}"', f'"{name}"', str(wave), decimal(_LBM_ZERO + afw * 10**8, 14), decimal(afw, 6)]
    known = wave in figures.WAVES_WITH_DIMENSIONS
    return ",".join(cells + [decimal(scores[name], 6) if known else "NA" for name in _DIMENSIONS])


# --- Kerncijfers wijken en buurten, StatLine "CSV met statistische symbolen" ------------------------------------------

_KWB_COLUMNS = (
    "Regioaanduiding/Soort regio (omschrijving)",
    "Regioaanduiding/Indelingswijziging wijken en buurten (code)",
    "Bevolking/Aantal inwoners (aantal)",
    "Bevolking/Leeftijdsgroepen/65 jaar of ouder (aantal)",
    "Bevolking/Particuliere huishoudens/Huishoudens totaal (aantal)",
    "Bevolking/Particuliere huishoudens/Eenpersoonshuishoudens (aantal)",
    "Bevolking/Bevolkingsdichtheid (aantal inwoners per km²)",
    "Sociale zekerheid/Personen per soort uitkering; Bijstand (aantal)",
    "Sociale zekerheid/Personen per soort uitkering; AO (aantal)",
    "Sociale zekerheid/Personen per soort uitkering; WW (aantal)",
    "Motorvoertuigen/Personenauto's/Personenauto's per huishouden (per huishouden)",
    "Nabijheid voorzieningen/Afstand tot grote supermarkt (km)",
    "Nabijheid voorzieningen/Afstand tot kinderdagverblijf (km)",
    "Stedelijkheid/Mate van stedelijkheid (code)",
)


def kwb(gemeenten: tuple[Gemeente, ...], counted: Counts, year: int) -> str:
    """Write one year of the Kerncijfers: a BOM, quoted padded cells, counts rounded to 5, a point for what is hidden."""
    lines = [_quoted(["Perioden", "Wijken en buurten", "Regiocode (gemeente, wijk, buurt) (code)", *_KWB_COLUMNS])]
    for gemeente in gemeenten:
        lines.append(_kwb_row(year, gemeente.code, gemeente.name, "Gemeente", counted))
        for wijk in gemeente.wijken:
            lines.append(_kwb_row(year, wijk.code, wijk.name, "Wijk", counted))
            lines += [_kwb_row(year, buurt.code, buurt.name, "Buurt", counted) for buurt in wijk.buurten]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def _kwb_row(year: int, code: str, name: str, kind: str, counted: Counts) -> str:
    cells = [f"{cell:>8}" for cell in _kwb_cells(counted[code, year])]
    return _quoted([str(year), name, f"{code:<10}", f"{kind:<10}", f"{'1':>8}", *cells])


def _kwb_cells(area: People) -> list[str]:
    if not area.inhabitants:
        return ["0", "0", "0", "0"] + [HIDDEN] * 8
    benefits = (area.bijstand, area.ao, area.ww)
    return [
        *(str(five(number)) for number in (area.inhabitants, area.older, area.households, area.single)),
        str(area.density),
        *(HIDDEN if area.inhabitants < people.HIDE_BELOW else str(five(number)) for number in benefits),
        f"{area.cars / area.households:.1f}",
        f"{area.supermarket:.1f}",
        f"{area.childcare:.1f}",
        str(area.urban_class),
    ]


def _quoted(cells: list[str]) -> str:
    return ";".join(f'"{cell}"' for cell in cells)


# --- RIVM 2016 ------------------------------------------------------------------------------------------------------

_RIVM_HEADER = (
    "wijkcode,wijknaam,gemnr,gemnaam,Totale bevolking,Bevolking 19 jaar en ouder,Bevolking 65 jaar en ouder,% eenzaam*,"
    "% ernstig eenzaam*,% sociaal eenzaam*,% emotioneel eenzaam*,% 75 jaar en ouder,% eenpersoons huishoudens,% verweduwd,"
    "% niet-westers allochtonen,% met beperking*,% met langdurige aandoening*,"
    "% met voldoende regie over het eigen leven*,% met goede ervaren gezondheid*"
)
# Column: level and sd between wijken as in the real file, share of vulnerability (its sign: rises or falls with it).
_RIVM = {
    "eenzaam": (41.7, 5.2, 0.75),
    "ernstig": (9.2, 2.7, 0.80),
    "sociaal": (42.5, 4.4, 0.70),
    "emotioneel": (28.8, 5.0, 0.75),
    "beperking": (14.6, 3.6, 0.70),
    "aandoening": (33.2, 3.8, 0.55),
    "regie": (90.2, 2.5, -0.80),
    "gezondheid": (76.6, 4.6, -0.80),
}


def rivm(gemeenten: tuple[Gemeente, ...], counted: Counts) -> str:
    """Write the health estimates per wijk of 2016, with the publisher's columns; those the example does not have are empty."""
    lines = [_RIVM_HEADER]
    for gemeente in gemeenten:
        lines += [_rivm_row(gemeente, wijk, counted[wijk.code, _RIVM_YEAR]) for wijk in gemeente.wijken]
    return "\n".join(lines) + "\n"


def _rivm_row(gemeente: Gemeente, wijk: Wijk, area: People) -> str:
    head = [wijk.code, wijk.name, gemeente.code[2:], gemeente.name, str(five(area.inhabitants))]
    if not area.inhabitants:
        return ",".join(head + [""] * 14)
    of = {name: str(_estimate(wijk, name)) for name in _RIVM}
    adults, older = str(round(area.inhabitants * 0.79)), str(area.older)
    single = str(round(area.single / area.households * 100))
    lonely = [of["eenzaam"], of["ernstig"], of["sociaal"], of["emotioneel"]]
    return ",".join(
        [
            *head,
            adults,
            older,
            *lonely,
            "",
            single,
            "",
            "",
            of["beperking"],
            of["aandoening"],
            of["regie"],
            of["gezondheid"],
        ]
    )


def _estimate(wijk: Wijk, name: str) -> int:
    level, sd, share = _RIVM[name]
    deviation = math.sqrt(1.0 - share * share) * figures.normal(wijk.code, "rivm", name)
    return round(level + sd * (share * wijk.vulnerability + deviation))


# --- numbers --------------------------------------------------------------------------------------------------------


def five(number: int) -> int:
    """Round to a multiple of 5, as CBS does with counts."""
    return (number + 2) // 5 * 5


def decimal(units: int, digits: int) -> str:
    """Write a whole number of 10^-digits as a decimal without trailing zeros: (1500, 3) is "1.5"."""
    sign, size = ("-" if units < 0 else ""), abs(units)
    text = f"{sign}{size // 10**digits}.{size % 10**digits:0{digits}d}".rstrip("0")
    return text.rstrip(".") if text.endswith(".") else text
