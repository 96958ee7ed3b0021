"""The same question of what was read in: `signals`, for one gemeente or for all with counts per month."""

from collections.abc import Iterator
from dataclasses import replace

from wijkdata import dutch
from wijkdata.analysis.signals.backtest import added_up, in_use
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError
from wijkdata.questions.series.answer import SeriesAnswer
from wijkdata.questions.series.question import MOST, SeriesSettings, of_table
from wijkdata.questions.series.reading import Read, place_of
from wijkdata.questions.shared import places, watching
from wijkdata.store.monitor.versions import Monitor


def answer(monitor: Monitor, municipality: str | None, settings: SeriesSettings) -> SeriesAnswer:
    """Answer what grows in a gemeente; None: in every gemeente with counts per month, each watched by itself.

    Raises NotFoundError: there are no counts per month, or the gemeente is not known.
    """
    known = [place.code for place in places.municipalities(monitor)]
    if municipality is not None and municipality not in known:
        raise NotFoundError(f"Van {municipality} is niets ingelezen; kies een gemeentecode zoals {known[0]}.")
    asked = known if municipality is None else [municipality]
    answers = [
        _of_gemeente(of_table(table, settings, _first(table, settings)), monitor, one if municipality is None else "")
        for one in asked
        for table in _tables(monitor, one)
    ]
    if not answers:
        where = "Er zijn" if municipality is None else f"Van {places.municipality_name(monitor, municipality)} zijn er"
        raise NotFoundError(
            f"{where} nog geen aantallen per maand; lees een bestand met meldingen of misdrijven per maand in."
        )
    return _together(answers, settings)


def _tables(monitor: Monitor, municipality: str) -> Iterator[Read]:
    """The tables of a gemeente, per wijk where there are counts per wijk, else per buurt."""
    level = next(iter(watching.levels(monitor, municipality)), Level.WIJK)
    names = {place.code: place.name for place in places.places_in(monitor, municipality, level)}
    indicators = monitor.catalogue.indicators
    for table in watching.tables(monitor, municipality, level):
        counted = {
            name: watching.named_of(indicators[name], "").reports for name in dict.fromkeys(table.counts.categories)
        }
        yield Read(table.counts, table.calendar, 0, incomplete=False, zeros=False, names=names, counted=counted)


def _of_gemeente(answer: SeriesAnswer, monitor: Monitor, municipality: str) -> SeriesAnswer:
    """Name the gemeente in what moved everywhere in it, where several are asked about."""
    if not municipality:
        return answer
    name = places.municipality_name(monitor, municipality)
    return replace(
        answer, moves=tuple(replace(one, sentence=f"{name}, {dutch.inside(one.sentence)}") for one in answer.moves)
    )


def _first(table: Read, settings: SeriesSettings) -> int:
    return 0 if settings.first is None else place_of(settings.first, table.calendar, "--range")


def _together(answers: list[SeriesAnswer], settings: SeriesSettings) -> SeriesAnswer:
    """Put the answers of several tables together; the strongest over all of them."""
    tests = tuple(added_up(some) for some in zip(*(one.tests for one in answers), strict=True))
    called = sorted(
        (signal for one in answers for signal in (*one.strongest, *one.weaker)), key=lambda signal: signal.q
    )
    return SeriesAnswer(
        rows=tuple(row for one in answers for row in one.rows),
        strongest=tuple(called[:MOST]),
        weaker=tuple(called[MOST:]),
        tests=tests,
        used=in_use(tests, settings.rule),
        by_events=False,
        refused=tuple(refused for one in answers for refused in one.refused),
        moves=tuple(move for one in answers for move in one.moves),
        notes=tuple(dict.fromkeys(note for one in answers for note in one.notes)),
    )
