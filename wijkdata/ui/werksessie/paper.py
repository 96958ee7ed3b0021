"""The paper version of a session, for a room without phones."""

from wijkdata.questions.werksessie.answer import Session


def button(answer: Session) -> None:
    """Draw the button."""
