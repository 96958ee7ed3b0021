"""Commands about recipes: make a proposal for a table, list, take in and throw away."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wijkdata import dutch
from wijkdata.commands.base import DutchGroup, as_json, print_json, write_file

if TYPE_CHECKING:
    from wijkdata.loading.figures.recipes import AnyRecipe, Guess, ReportsGuess


@click.group(cls=DutchGroup, name="recipe")
def recipe_group() -> None:
    """Recepten: hoe tabellen worden gelezen die wijkdata niet uit zichzelf kent."""


@recipe_group.command(name="make")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Schrijf het recept naar dit bestand.")
@click.option("--gemeente", default="", help="Gemeente van de gebieden, code of naam.")
@click.option("--table", type=click.IntRange(1), help="Welke tabel van het bestand, als er meer in staan.")
@as_json
@click.pass_obj
def make_command(
    directory: Path, file: Path, output: Path | None, gemeente: str, table: int | None, as_json: bool
) -> None:
    """Schrijf een voorstel voor een recept, met per keuze waarom, en zeg wat u nog moet beslissen."""
    from wijkdata.loading.figures import recipes

    about = recipes.propose_reports(file, directory, gemeente=gemeente)
    guess: Guess | ReportsGuess
    if about is not None:
        guess, text, still_open = about, recipes.draft_reports(about, file), about.open
    else:
        guess = recipes.propose(file, directory, gemeente=gemeente, table=table)
        text, still_open = recipes.draft(guess, file, directory)
    if output is not None:
        write_file(output, text.encode("utf-8"))
    if as_json:
        print_json(_json(guess, output, text, still_open))
        return
    if output is None:
        click.echo(text, nl=False)
    else:
        click.echo(f"Het voorstel staat in {output}.")
    for reason in guess.reasons.values():
        click.echo(f"  {reason}", err=True)
    for question in still_open:
        click.echo(f"Nog te beslissen: {question}.", err=True)


@recipe_group.command(name="list")
@as_json
@click.pass_obj
def list_command(directory: Path, as_json: bool) -> None:
    """Toon de recepten van deze gegevensmap."""
    from wijkdata.loading.figures import recipes

    kept = recipes.kept(directory)
    if as_json:
        rows = [{"id": name, "name": one.name, "source": one.source} for name, one in kept.recipes.items()]
        print_json({"recipes": rows, "problems": list(kept.problems)})
        return
    for name, one in kept.recipes.items():
        click.echo(f"{name:32} {one.name}: {_holds(one)}, bron {one.source}")
    for problem in kept.problems:
        click.echo(problem, err=True)
    if not kept.recipes:
        click.echo("Er zijn nog geen recepten; maak er een met: recipe make BESTAND.")


@recipe_group.command(name="add")
@click.argument("file", metavar="RECEPT", type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def add_command(directory: Path, file: Path, as_json: bool) -> None:
    """Neem een recept over, bijvoorbeeld van een collega, met de eigen bron en cijfers die erin staan."""
    from wijkdata.loading.figures import recipes

    kept = recipes.keep(directory, recipes.read_recipe(file))
    if as_json:
        print_json({"ok": True, "id": kept.stem})
        return
    click.echo(f"Het recept is bewaard als {kept.stem}.")


@recipe_group.command(name="show")
@click.argument("name", metavar="NAAM")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Schrijf het recept naar dit bestand.")
@as_json
@click.pass_obj
def show_command(directory: Path, name: str, output: Path | None, as_json: bool) -> None:
    """Toon een recept, of schrijf het naar een bestand voor een collega."""
    from wijkdata.loading.figures import recipes

    text = recipes.text_of(recipes.find(directory, name))
    if output is not None:
        write_file(output, text.encode("utf-8"))
    if as_json:
        print_json({"ok": True, "recipe": text, "output": None if output is None else str(output)})
        return
    if output is None:
        click.echo(text, nl=False)
        return
    click.echo(f"Het recept staat in {output}.")


@recipe_group.command(name="remove")
@click.argument("name", metavar="NAAM")
@as_json
@click.pass_obj
def remove_command(directory: Path, name: str, as_json: bool) -> None:
    """Gooi een recept weg. Wat ermee is ingelezen blijft staan."""
    from wijkdata.loading.figures import recipes

    recipes.throw_away(directory, name)
    if as_json:
        print_json({"ok": True, "id": name})
        return
    click.echo(f"Het recept {name} is weggegooid; de cijfers die ermee zijn ingelezen blijven staan.")


def _holds(recipe: "AnyRecipe") -> str:
    """Say what a recipe reads: figures, or reports that are counted."""
    from wijkdata.loading.figures.recipes import Recipe

    return dutch.count(len(recipe.columns), "cijfer", "cijfers") if isinstance(recipe, Recipe) else "meldingen"


def _json(guess: "Guess | ReportsGuess", output: Path | None, text: str, still_open: tuple[str, ...]) -> dict[str, Any]:
    return {
        "ok": True,
        "output": None if output is None else str(output),
        "recipe": text,
        "reasons": guess.reasons,
        "open": list(still_open),
    }
