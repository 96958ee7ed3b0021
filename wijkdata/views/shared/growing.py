"""The signals of Signalen as other screens list them."""

from wijkdata import dutch
from wijkdata.questions.shared.answer import Growing

MOST = 5


def title(signals: tuple[Growing, ...]) -> str:
    """Count the signals."""
    return f"Wat groeit voordat de cijfers stijgen: {dutch.count(len(signals), 'signaal', 'signalen')}"


def rows(signals: tuple[Growing, ...], running_known: bool = True) -> list[tuple[str, str, str]]:
    """List the strongest, with what runs there."""
    listed = [("", one.sentence, _running(one) if running_known else "") for one in signals[:MOST]]
    more = len(signals) - MOST
    return [*listed, ("", f"En nog {more}; alle staan bij Signalen.", "")] if more > 0 else listed


def _running(one: Growing) -> str:
    if not one.running:
        return "Hier is niets vastgelegd dat nu loopt."
    return (
        f"Hier {'loopt' if one.running == 1 else 'lopen'} nu {dutch.count(one.running, 'activiteit', 'activiteiten')}."
    )
