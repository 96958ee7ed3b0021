"""The explanations of the methods (`data/uitleg/*.md`) and the glossary (`data/uitleg/begrippen.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wijkdata.settings import ROOT

TEXT_DIR = ROOT / "data" / "uitleg"


@dataclass(frozen=True)
class Explanation:
    """One method: `id` (anchor and address), title, text in Markdown, and the name of its file."""

    id: str
    title: str
    text: str
    file: str


def texts(directory: Path = TEXT_DIR) -> tuple[Explanation, ...]:
    """Return the methods, in the order of the files; the first line of a file is its title. Numbers are still names in
    braces."""
    return tuple(_read(path) for path in sorted(directory.glob("*.md")))


def _read(path: Path) -> Explanation:
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    return Explanation(path.stem.partition("-")[2], title.removeprefix("#").strip(), text.strip(), path.name)


@lru_cache(maxsize=1)
def glossary() -> dict[str, str]:
    """Return each Dutch term with its meaning, by name."""
    terms = tomllib.loads((TEXT_DIR / "begrippen.toml").read_text(encoding="utf-8"))
    return dict(sorted(terms.items(), key=lambda item: item[0].lower()))
