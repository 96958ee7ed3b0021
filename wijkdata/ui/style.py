"""The style sheets: our own classes (`wd-*`), the tokens of the mode, presenting and paper. Never a generated class name."""

from functools import cache
from pathlib import Path

from wijkdata.views.shared.theme import LIGHT, Theme

FOLDER = Path(__file__).with_name("css")
# The tokens of a theme that the sheets use, as `var(--wd-ink)`.
_TOKENS = ("ink", "ink2", "acc", "on_acc", "bad", "dot", "band", "band2", "line", "wash", "paper", "hatch")


@cache
def read(name: str) -> str:
    """Read one file in `css/`."""
    return (FOLDER / name).read_text(encoding="utf-8")


def sheet(theme: Theme, presenting: bool) -> str:
    """Write the style sheets as `<style>` elements. Paper is light, also when the screen is dark."""
    screen = _tokens(theme) + (read("presenting.css") if presenting else "") + read("screen.css")
    paper = f"@media print {{{_tokens(LIGHT)}}}\n" + read("print.css") + (read("print_dark.css") if theme.dark else "")
    return f"<style>{screen}</style><style>{paper}</style>"


def _tokens(theme: Theme) -> str:
    values = "; ".join(f"--wd-{name.replace('_', '-')}: {getattr(theme, name)}" for name in _TOKENS)
    return f":root {{{values}}}\n"
