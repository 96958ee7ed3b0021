"""The legend of the map: per class its limits, its name, its count, and where it lies on the colour scale."""

from wijkdata.analysis.classes import Classes
from wijkdata.questions.kaart.answer import LegendClass
from wijkdata.questions.kaart.mode import Mode


def legend(mode: Mode, classes: Classes) -> tuple[LegendClass, ...]:
    """Makes one entry per class, low to high."""
    n = len(classes.counts)
    shades = [0.5 if n == 1 else k / (n - 1) for k in range(n)]
    if mode.topic.sign < 0:
        shades = [1 - shade for shade in shades]
    return tuple(
        LegendClass(text, word, count, shade, mode.relative)
        for text, word, count, shade in zip(
            mode.limit_texts(classes), mode.class_words(n), classes.counts, shades, strict=True
        )
    )
