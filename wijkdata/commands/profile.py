"""The command profile: one wijk or buurt on four pillars."""

from pathlib import Path

import click

from wijkdata.commands.base import DutchCommand, as_json, print_json


@click.command(cls=DutchCommand, name="profile")
@click.argument("area", metavar="GEBIED")
@as_json
@click.pass_obj
def profile_command(directory: Path, area: str, as_json: bool) -> None:
    """Hoe staat een wijk of buurt ervoor: per pijler de score en elk cijfer, naast heel Nederland."""
    from wijkdata import catalogue
    from wijkdata.questions.shared import subjects
    from wijkdata.questions.shared.answer import Against
    from wijkdata.questions.wijkprofiel import lines as wijkprofiel_lines
    from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
    from wijkdata.store.monitor import versions
    from wijkdata.views.wijkprofiel import text as wijkprofiel_text

    current, known = versions.require(directory), catalogue.of(directory)
    code = subjects.find_area(current, area)
    spine = wijkprofiel_spine.spine(current, known, code, Against.EVERYBODY)
    pillars = wijkprofiel_lines.pillar_lines(current, known, code)
    if as_json:
        print_json(wijkprofiel_text.values(spine, pillars))
        return
    for line in wijkprofiel_text.text(spine, pillars):
        click.echo(line)
