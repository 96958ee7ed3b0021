"""The areas that are watched and call nothing, and what cannot be watched, with the reason."""

from collections import Counter

import numpy as np

from wijkdata.analysis.signals.methods import Method, needs
from wijkdata.analysis.signals.watch import Reason
from wijkdata.areas import Level
from wijkdata.questions.shared import places, watch_words, watching
from wijkdata.questions.shared.watching import Called, Seen
from wijkdata.questions.signalen import words
from wijkdata.questions.signalen.answer import Quiet, Unwatched
from wijkdata.store.monitor.versions import Monitor


def watched(seen: tuple[Seen, ...]) -> tuple[str, ...]:
    """List the areas of which something is watched."""
    return tuple(
        sorted(
            {
                area
                for one in seen
                for area, method in zip(one.table.counts.areas, one.watched.methods, strict=True)
                if method is not None
            }
        )
    )


def usual_reason(seen: tuple[Seen, ...]) -> Reason | None:
    """Return why most series are not watched, where none is."""
    reasons = Counter(reason for one in seen for reason in one.watched.reasons if reason is not None)
    return reasons.most_common(1)[0][0] if reasons else None


def last_judged(one: Seen) -> int | None:
    """Return the place of the last month that was judged; None without any."""
    judged = np.flatnonzero((~np.isnan(one.watched.detected.statistic)).any(axis=0))
    return int(judged[-1]) if len(judged) else None


def areas(
    monitor: Monitor, municipality: str, level: Level, seen: tuple[Seen, ...], called: tuple[Called, ...]
) -> tuple[tuple[Quiet, ...], tuple[Unwatched, ...]]:
    """List the quiet areas by name, and the series (or whole areas) that are not watched."""
    names = {place.code: place.name for place in places.places_in(monitor, municipality, level)}
    series, limited = Counter[str](), Counter[str]()
    unwatched = []
    for one in seen:
        for number, area in enumerate(one.table.counts.areas):
            if one.watched.methods[number] is None:
                unwatched.append(_unwatched(monitor, one, number, names.get(area, area)))
            else:
                series[area] += 1
                limited[area] += one.watched.reasons[number] is not None
    loud = {signal.code for signal in called if not signal.weak}
    quiet = [Quiet(code, name, series[code], limited[code]) for code, name in names.items() if series[code]]
    counted = {area for one in seen for area in one.table.counts.areas}
    without = [Unwatched(code, name, "", None, words.NO_COUNTS) for code, name in names.items() if code not in counted]
    listed = sorted([*unwatched, *without], key=lambda one: (one.name, one.category))
    return tuple(one for one in quiet if one.code not in loud), tuple(listed)


def _unwatched(monitor: Monitor, one: Seen, number: int, name: str) -> Unwatched:
    counts, watched_ = one.table.counts, one.watched
    reason = watched_.reasons[number] or Reason.TOO_SHORT
    named = watching.named_of(monitor.catalogue.indicators[counts.categories[number]], name)
    least = needs(Method.EARS, counts.per_year)
    sentence = watch_words.why_refused(reason, int(watched_.known[number]), least)
    return Unwatched(counts.areas[number], name, named.reports, reason, sentence)
