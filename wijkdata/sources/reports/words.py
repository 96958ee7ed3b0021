"""What the account of a file of reports says."""

from wijkdata import dutch
from wijkdata.catalogue import Catalogue
from wijkdata.periods import Period
from wijkdata.record.privacy import found_in
from wijkdata.sources.reports.categories import LEAST, Named, about_people, clean
from wijkdata.sources.reports.counting import Counted

# A channel is new when it begins half a year after the file, and matters from a tenth of what came since.
_NEW_AFTER, _MATTERS, _NAMED_FROM = 6, 0.1, 50
_MOST = 5


def notes(counted: Counted, named: Named, catalogue: Catalogue) -> tuple[str, ...]:
    """Say what was counted and what was not, in the order of how much it matters."""
    sentences = (
        _counted(counted),
        _nowhere(counted),
        _unread(counted),
        *_parts(counted),
        *_doubles(counted),
        *_turned(counted),
    )
    return tuple(sentence for sentence in (*sentences, *_categories(named, catalogue), *_channels(counted)) if sentence)


def _n(number: int) -> str:
    return dutch.count(number, "melding", "meldingen")


def _month(month: int) -> str:
    return Period(month // 12, month % 12 + 1).text


def _counted(counted: Counted) -> str:
    total = counted.placed + counted.nowhere + counted.elsewhere
    return f"Geteld zijn {_n(total)} per gebied, maand en categorie; van een losse melding is niets bewaard."


def _nowhere(counted: Counted) -> str:
    parts = [f"{_n(counted.nowhere)} niet te lokaliseren" if counted.nowhere else ""]
    parts += [f"{_n(counted.elsewhere)} in een andere gemeente" if counted.elsewhere else ""]
    listed = dutch.listing([part for part in parts if part])
    if not listed:
        return ""
    if counted.uncounted:
        return f"Hiervan: {listed}. Het bestand gaat over meer gemeenten, dus tellen zij nergens mee."
    return f"Hiervan: {listed}. Zij tellen mee in het totaal van de gemeente en in geen wijk of buurt."


def _unread(counted: Counted) -> str:
    """Say of how many reports the area is not known here, and name what enough of them share: a text of one person is not told, nor
    is anything of a column that mostly holds something else."""
    n = sum(counted.unread.values())
    if not n:
        return ""
    shared = sorted((-reports, clean(text)) for text, reports in counted.unread.items() if reports >= LEAST)
    names = [f"‘{text}’ ({dutch.number(-reports)})" for reports, text in shared if text and not found_in(text)]
    names = names[:_MOST] if n <= counted.placed else []
    rest = len(counted.unread) - len(names)
    others = dutch.count(rest, "andere aanduiding" if names else "aanduiding", "andere" if names else "aanduidingen")
    listed = dutch.listing([*names, *([others] if rest else [])])
    return (
        f"Bij {_n(n)} staat een gebied dat hier niet bekend is: {listed}. Verbeter dat in het bestand, of zet in het recept (bij area, "
        "names) welke gebiedscode erbij hoort, en lees het opnieuw in."
    )


def _parts(counted: Counted) -> tuple[str, ...]:
    sentences = []
    if counted.not_counted.first is not None:
        sentences.append(f"Het bestand begint midden in {_month(counted.not_counted.first)}; die maand is weggelaten.")
    if counted.not_counted.last is not None:
        sentences.append(f"Het bestand heeft {_month(counted.not_counted.last)} niet helemaal; die maand is voorlopig.")
    return tuple(sentences)


def _doubles(counted: Counted) -> tuple[str, ...]:
    if not counted.not_counted.doubles:
        return ()
    rows = dutch.count(counted.not_counted.doubles, "rij heeft", "rijen hebben")
    return (f"{rows} een nummer dat er al stond; elke melding telt één keer.",)


def _turned(counted: Counted) -> tuple[str, ...]:
    return (f"Van {_n(counted.turned)} stonden lengte- en breedtegraad omgewisseld.",) if counted.turned else ()


def _categories(named: Named, catalogue: Catalogue) -> tuple[str, ...]:
    sentences = []
    if named.new:
        titles = [f"‘{entry['title'].removeprefix('Meldingen: ')}’" for entry in named.new.values()]
        shown = titles if len(titles) <= _MOST else [*titles[:_MOST], f"nog {len(titles) - _MOST}"]
        sentences.append(f"Nieuwe eigen categorieën: {dutch.listing(shown)}.")
    if named.unnamed:
        categories = dutch.count(named.unnamed, "categorie telt", "categorieën tellen")
        sentences.append(
            f"{categories} als ‘Overige meldingen’: er zijn er te veel, er zijn minder dan {LEAST} meldingen, of er staat "
            "een persoonsgegeven in."
        )
    people = {one for one in named.indicators.values() if about_people(one, catalogue, named.new)}
    if people:
        sentences.append("Categorieën over personen zijn per wijk en gemeente geteld, niet per buurt.")
    return tuple(sentences)


def _channels(counted: Counted) -> tuple[str, ...]:
    """Name a channel for reporting that is new and matters: more reports need not mean more trouble then."""
    frame = counted.channels
    if frame.empty or len(counted.channel_words) < 2:
        return ()
    begin, lines = int(frame["month"].min()), []
    for word, rows in frame[frame["word"] > 0].groupby("word"):
        first, n = int(rows["month"].min()), int(rows["n"].sum())
        since = int(frame.loc[frame["month"] >= first, "n"].sum())
        if n >= _NAMED_FROM and first - begin >= _NEW_AFTER and n >= _MATTERS * since:
            share = dutch.number(100 * n / since)
            lines.append((n, f"Het kanaal ‘{clean(counted.channel_words[int(word)])[:40]}’ begint in {_month(first)} en geeft sindsdien "
                            f"{share}% van de meldingen: meer meldingen kan dan ook makkelijker melden zijn."))  # fmt: skip
    return tuple(sentence for _, sentence in sorted(lines, reverse=True)[:_MOST])
