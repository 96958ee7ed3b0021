"""The command line: `python -m wijkdata --help`. Exit 0 fine, 2 bad input (a sentence per problem, nothing written)."""

import io
import os
import sys
from pathlib import Path

import click

from wijkdata import settings
from wijkdata.commands import activities, fetch, files, impact, links, profile, questions, recipe, report, signals
from wijkdata.commands.base import DutchGroup, error_json, print_json, usage_sentence
from wijkdata.errors import WijkdataError


@click.group(cls=DutchGroup, name="wijkdata", options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT ...")
@click.option(
    "--data-dir", type=click.Path(path_type=Path), help="Map met de gegevens (anders WIJKDATA_DATA of data/local)."
)
@click.pass_context
def cli(ctx: click.Context, data_dir: Path | None) -> None:
    """Wijkdata: cijfers en activiteiten van de wijkaanpak naast elkaar."""
    ctx.obj = settings.data_dir(data_dir)


for command in (
    files.import_command,
    fetch.fetch_command,
    recipe.recipe_group,
    files.example_command,
    files.status_command,
    files.editions_command,
    files.rollback_command,
    files.upgrade_command,
    files.first_views_command,
    questions.export_command,
    questions.gap_command,
    profile.profile_command,
    report.report_command,
    questions.moments_command,
    impact.impact_command,
    signals.signals_command,
    links.links_command,
    links.link_command,
    links.municipalities_command,
    activities.activities_group,
    activities.backup_command,
    activities.restore_command,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status. The only place of the command line that catches our errors.

    An error is a sentence on standard error, and with --json also a JSON document on standard output.
    """
    as_json = "--json" in (sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        return cli.main(args=arguments, prog_name="wijkdata", standalone_mode=False) or 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return 130
    except BrokenPipeError:  # the reader has seen enough (export ... | head): no reason to complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except click.ClickException as error:
        return _refuse(usage_sentence(error), as_json)
    except WijkdataError as error:
        return _refuse(error, as_json)


def _refuse(error: WijkdataError | str, as_json: bool) -> int:
    if as_json:
        print_json(error_json(error))
    click.echo(str(error), err=True)
    return 2


if __name__ == "__main__":
    sys.exit(main())
