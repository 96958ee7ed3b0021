"""What every command shares: Dutch help, JSON output, a wrong command line as one sentence.

The modules of this package import the rest of wijkdata inside the command that needs it: pandas, DuckDB and the geometry
libraries take a second, and neither help nor an error on the command line needs them.
"""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError, WijkdataError, cause

if TYPE_CHECKING:
    import pandas as pd

    from wijkdata.store.monitor.versions import Monitor


class CommandRefusedError(WijkdataError):
    """A refusal of a command with an answer of its own for --json."""

    def __init__(self, message: str, answer: dict[str, Any]) -> None:
        self.answer = answer
        super().__init__(message)


class DutchCommand(click.Command):
    """A command with help and headings in Dutch."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write `Gebruik: ...` instead of `Usage: ...`."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Write `[OPTIES]` instead of `[OPTIONS]`."""
        return [piece.replace("OPTIONS", "OPTIES") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a Dutch heading."""
        rows = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section("Opties"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Explain `--help` in Dutch."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Toon deze uitleg."
        return option


class DutchGroup(DutchCommand, click.Group):
    """A group of commands, with Dutch headings."""

    command_class = DutchCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        DutchCommand.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(80)) for name in self.list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)


as_json = click.option("--json", "as_json", is_flag=True, help="Antwoord als JSON.")


def records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """List the rows of a frame for JSON: null for missing, every number to its last digit (`DataFrame.to_json` stops at 15)."""
    columns = [
        [_plain(value) for value in frame[name].astype(object).where(frame[name].notna(), None)]
        for name in frame.columns
    ]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(value: object) -> object:
    """Convert a value to what JSON has."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return value.isoformat() if isinstance(value, date) else value


def print_json(answer: dict[str, Any]) -> None:
    """Print one JSON document. A NaN in it raises ValueError: that is a fault in wijkdata."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def error_json(error: WijkdataError | str) -> dict[str, Any]:
    """Make the answer of --json when a command is refused."""
    return error.answer if isinstance(error, CommandRefusedError) else {"ok": False, "message": str(error)}


def municipality_named(text: str, monitor: "Monitor | None" = None) -> str:
    """Find the code of a gemeente by code or name; a dissolved one keeps its own code. Raises NotFoundError.

    monitor: its gemeenten have names too; the fictional ones stand nowhere else.
    """
    from wijkdata.questions.shared import names
    from wijkdata.reference import gemeenten

    matches = gemeenten.find(text)
    if matches:
        return matches[0].code
    read_in = {} if monitor is None else names.municipality_names(monitor)
    named = [code for code, name in read_in.items() if name.casefold() == text.strip().casefold()]
    if len(named) == 1:
        return named[0]
    code = areas.normalise(text, Level.GEMEENTE)
    if code is None or areas.level_of(code) is not Level.GEMEENTE:
        raise NotFoundError(f"‘{text}’ is geen gemeente; schrijf een naam of een code zoals GM0599.")
    return code


def write_file(path: Path, content: bytes) -> None:
    """Write an answer to a file; raises WijkdataError when the place cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise WijkdataError(f"{path} kan niet worden geschreven ({cause(error)}); kies een andere plaats.") from error


def write_table(content: bytes, output: Path | None, count_text: str) -> None:
    """Write a table to a file and print its size (`count_text`: "12 rijen"), or write it to standard output.

    Raises WijkdataError as `write_file` does.
    """
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_file(output, content)
        click.echo(f"{count_text} geschreven naar {output}.")


def usage_sentence(error: click.ClickException) -> str:
    """Say in one Dutch sentence what is wrong with a command line."""
    if isinstance(error, click.NoSuchOption):
        return f"De optie {error.option_name} bestaat niet; vraag uitleg met --help."
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"De opdracht {error.command_name} bestaat niet; vraag met --help welke er zijn."
    if isinstance(error, click.MissingParameter):
        return f"Er ontbreekt iets: {error.param.human_readable_name if error.param else 'een waarde'}; vraag uitleg met --help."
    if isinstance(error, click.BadParameter) and error.param is not None:
        choices = getattr(error.param.type, "choices", None)
        remedy = f"kies uit {', '.join(choices)}" if choices else "vraag uitleg met --help"
        return f"Die waarde kan niet bij {error.param.opts[0]}; {remedy}."
    if isinstance(error, click.BadOptionUsage):
        return f"De optie {error.option_name} mist een waarde of kreeg er een te veel; vraag uitleg met --help."
    extra = re.search(r"extra arguments? \((.*)\)", error.format_message())
    what = f": dit hoort er niet bij: {extra[1]}" if extra else ""
    return f"Deze opdracht klopt niet{what}; vraag uitleg met --help."
