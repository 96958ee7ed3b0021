"""What every command shares: Dutch help, JSON out, a slip as one sentence."""

import json
from typing import Any

import click
import pandas as pd


class DutchCommand(click.Command):
    """Help and headings in Dutch."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """`Gebruik: ...` instead of `Usage: ...`."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """`[OPTIES]` instead of `[OPTIONS]`."""
        return [piece.replace("OPTIONS", "OPTIES") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under a Dutch heading."""
        rows = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section("Opties"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help` explained in Dutch."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Toon deze uitleg."
        return option


class DutchGroup(DutchCommand, click.Group):
    """The group of commands, with a Dutch heading."""

    command_class = DutchCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        DutchCommand.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(80)) for name in self.list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)


as_json = click.option("--json", "as_json", is_flag=True, help="Antwoord als JSON.")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame for JSON; missing is null."""
    return json.loads(frame.to_json(orient="records", date_format="iso", double_precision=15))


def print_json(answer: dict[str, Any]) -> None:
    """Print one JSON document; a NaN in it is a fault of ours."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def usage_sentence(error: click.ClickException) -> str:
    """A slip on the command line as one Dutch sentence."""
    if isinstance(error, click.NoSuchOption):
        return f"De optie {error.option_name} bestaat niet; vraag uitleg met --help."
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"De opdracht {error.command_name} bestaat niet; vraag met --help welke er zijn."
    if isinstance(error, click.MissingParameter):
        return f"Er ontbreekt iets: {error.param.human_readable_name if error.param else 'een waarde'}; vraag uitleg met --help."
    if isinstance(error, click.BadParameter) and isinstance(error.param.type, click.Choice):
        return f"Die waarde kan niet bij {error.param.opts[0]}; kies uit {', '.join(error.param.type.choices)}."
    return f"Deze opdracht klopt niet ({error.format_message()}); vraag uitleg met --help."
