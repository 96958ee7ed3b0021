"""The walls of the house: who may import whom, where SQL and Streamlit live, and how large a function may be."""

import ast
import re
import subprocess
import sys
import unicodedata
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = (
    "errors",
    "areas",
    "settings",
    "dutch",
    "periods",
    "frames",
    "limits",
    "safe",
    "validation_words",
    "toml_text",
    "catalogue",
    "record",
    "reference",
)
# part -> the parts it may import besides itself.
ARROWS = {
    "__init__": set(),
    "errors": set(),
    "areas": {"errors"},
    "settings": {"errors", "areas"},
    "dutch": {"errors", "areas", "settings"},
    "periods": {"dutch"},
    "frames": set(),
    "limits": set(),
    "safe": set(),
    "validation_words": set(),
    "toml_text": set(),
    "catalogue": {"errors", "areas", "settings", "dutch", "validation_words", "toml_text"},
    "record": {"errors", "areas", "settings", "dutch", "limits", "validation_words", "catalogue"},
    "reference": {"errors", "areas", "settings", "dutch", "frames", "validation_words", "catalogue"},
    "sources": set(CORE),
    "store": set(CORE),
    "loading": {"sources", "store", "analysis", *CORE},  # of analysis only harmonise: links are made at import
    "analysis": set(CORE),
    "questions": {"store", "analysis", *CORE},
    "views": {"questions", "analysis", *CORE},
    "ui": {"questions", "loading", "views", "store", *CORE},
    "__main__": {"commands", "questions", "loading", "views", "store", *CORE},
    "commands": {"questions", "loading", "views", "store", *CORE},  # the command line, one file per group of commands
    "pages": {"ui", "views", *CORE},
    "app": {"ui"},
    "start": {"starting"},
    "starting": {"settings"},
}
# The last few files that are kept; the store knows no `kept`, which is for questions.
REMEMBERED_BY_FUNCTOOLS = [
    "wijkdata/questions/shared/snapshots.py:_content",
    "wijkdata/store/participation/registers.py:_frames",
]
# Third-party packages that only these parts may import.
ONLY_IN = {
    "streamlit": {"ui", "app", "pages"},
    "altair": {"views"},
    "vl_convert": {"views"},
    "docx": {"views"},
    "pptx": {"views"},
    "typst": {"views"},
    "pydeck": {"views"},
    "duckdb": {"store"},
    "click": {"__main__", "commands"},
}
# `import` name -> name in requirements.in, where they differ.
PACKAGE_OF = {
    "shapefile": "pyshp",
    "python_calamine": "python-calamine",
    "docx": "python-docx",
    "pptx": "python-pptx",
    "vl_convert": "vl-convert-python",
}
PAGE_LINES, FUNCTION_LINES, USUAL_FUNCTION_LINES = 60, 45, 30
# The layers that have a folder per screen. `panel` and `series` are the commands `impact --panel` and `signals --series`: questions without a page.
LAYERS_OF_SCREENS = ("questions", "views", "ui")
SCREENS = {path.stem.replace("-", "_") for path in (ROOT / "pages").glob("*.py")}
WITHOUT_PAGE = {"panel", "series"}
# Uitleg shows texts: it has nothing to draw.
WITHOUT_VIEW = {"uitleg"}
# What one screen may take from another, and why. Everything else that two screens need stands in `shared`.
BETWEEN_SCREENS = {
    ("questions/panel", "questions/voor_en_na"): "the same method on any file: the same limits, the same doubts",
    ("questions/uitleg", "questions/activiteiten/reach"): "it explains the figure, so it names the limit used",
    ("questions/uitleg", "questions/kloof/question"): "it explains the figure, so it names the limit used",
    ("questions/uitleg", "questions/voor_en_na"): "it explains the figure, so it names the limits used",
    ("ui/activiteiten/detail", "questions/voor_en_na"): "the button to Voor en na is there where that has an answer",
    ("ui/overzicht/page", "ui/activiteiten/navigation"): "its buttons lead to a view of Activiteiten",
    (
        "questions/werksessie/figures",
        "questions/wijkprofiel",
    ): "a session shows figures of other screens as they are there",
    ("questions/werksessie/figures", "questions/kloof"): "a session shows figures of other screens as they are there",
    ("ui/werksessie/prepare", "questions/wijkprofiel"): "what can be shown is what that screen can show",
    ("ui/werksessie/material", "questions/wijkprofiel"): "a session shows figures of other screens as they are there",
    ("ui/werksessie/material", "views/wijkprofiel"): "a session shows figures of other screens as they are there",
    ("ui/werksessie/material", "views/kloof"): "a session shows figures of other screens as they are there",
}
# Where else there is SQL, and why.
SQL_ELSEWHERE = {
    "wijkdata/sources/reading/geopackage.py": "a GeoPackage is a database: the file of a publisher, not the store"
}
SQL = re.compile(
    r"^\s*(?:SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(?:TABLE|VIEW|INDEX)|WITH\s+\w+\s+AS)",
    re.I,
)


def product_files() -> list[Path]:
    """The Python that is the product: everything outside tests."""
    roots = [ROOT / "wijkdata", ROOT / "pages", ROOT / "starting", ROOT / "benchmarks"]
    return sorted([*ROOT.glob("*.py"), *(path for root in roots for path in root.rglob("*.py"))])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def part_of(path: Path) -> str:
    """The part of the house: `wijkdata/store/monitor/queries.py` -> store, `pages/kaart.py` -> pages, `app.py` -> app."""
    pieces = path.relative_to(ROOT).with_suffix("").parts
    return pieces[1] if pieces[0] == "wijkdata" and len(pieces) > 1 else pieces[0]


def imports_of(path: Path) -> list[tuple[int, str]]:
    """(line, dotted name) of everything imported anywhere in the file; relative imports made absolute."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = list(path.relative_to(ROOT).parts[: -node.level])
                base = ".".join([*package, *filter(None, [node.module])])
            found += [(node.lineno, f"{base}.{alias.name}") for alias in node.names]
    return found


def ours(dotted: str) -> str | None:
    """The part that a dotted name is in, or None when it is not ours. `wijkdata` itself (its version) is no part."""
    pieces = dotted.split(".")
    if pieces[0] == "wijkdata":
        return pieces[1] if len(pieces) > 1 and pieces[1] in ARROWS else None
    return pieces[0] if pieces[0] in ("pages", "app", "start", "starting") else None


def broken_arrows(path: Path) -> list[str]:
    part, found = part_of(path), []
    if part == "benchmarks":  # measures every part from outside
        return []
    for line, dotted in imports_of(path):
        other = ours(dotted)
        if other and other != part and other not in ARROWS[part]:
            found.append(f"{name_of(path)}:{line} imports {dotted}: {part} may not import {other}")
        package = dotted.split(".")[0]
        if package in ONLY_IN and part not in ONLY_IN[package]:
            found.append(f"{name_of(path)}:{line} imports {package}: only {sorted(ONLY_IN[package])} may")
    return found


def room_of(dotted: str) -> tuple[str, str]:
    """(layer, folder): `wijkdata.questions.kaart.card` -> questions, kaart. ("", "") outside the layers with screens;
    the folder is "" for what stands directly in a layer: in `ui` that is what the screens share."""
    pieces = dotted.split(".")
    if len(pieces) < 3 or pieces[0] != "wijkdata" or pieces[1] not in LAYERS_OF_SCREENS:
        return "", ""
    return pieces[1], pieces[2] if pieces[2] in SCREENS | WITHOUT_PAGE | {"shared"} else ""


def broken_walls(path: Path) -> list[str]:
    """Imports from one screen to another, from what is shared to a screen, and of more than answers by a view."""
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    layer, screen = room_of(own)
    found = []
    for line, dotted in imports_of(path):
        other_layer, other = room_of(dotted)
        allowed = any(
            own.replace(".", "/").startswith(f"wijkdata/{one}")
            and dotted.replace(".", "/").startswith(f"wijkdata/{two}")
            for one, two in BETWEEN_SCREENS
        )
        if layer and other not in ("", "shared", screen) and not allowed:
            found.append(
                f"{name_of(path)}:{line} imports {dotted}: {screen or layer} may not import the screen {other}"
            )
        if layer == "views" and other_layer == "questions" and dotted.split(".")[3:4] != ["answer"]:
            found.append(f"{name_of(path)}:{line} imports {dotted}: views may import only the answers of a question")
    return found


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function's body, without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_every_part_has_its_place():
    assert {part_of(path) for path in product_files()} - {"benchmarks"} <= set(ARROWS)


def test_the_arrows_hold():
    assert [problem for path in product_files() for problem in broken_arrows(path)] == []


@pytest.mark.parametrize(
    ("where", "line", "problem"),
    [
        ("wijkdata/analysis/zz.py", "from wijkdata.store.monitor import queries", "analysis may not import store"),
        ("wijkdata/analysis/zz.py", "from ..store.monitor import queries", "analysis may not import store"),
        ("wijkdata/analysis/zz.py", "from .. import store", "analysis may not import store"),
        (
            "wijkdata/analysis/zz.py",
            "def f():\n    import wijkdata.store.monitor.queries",
            "analysis may not import store",
        ),
        ("wijkdata/views/zz.py", "import streamlit as st", "imports streamlit: only"),
        ("wijkdata/errors.py", "from wijkdata import dutch", "errors may not import dutch"),
        ("pages/zz.py", "from wijkdata.store import monitor", "pages may not import store"),
        ("wijkdata/questions/zz.py", "from duckdb import connect", "imports duckdb: only"),
        ("wijkdata/questions/zz.py", "from wijkdata.analysis import scores", None),
        ("wijkdata/views/zz.py", "from wijkdata.questions.kloof.answer import GapAnswer", None),
    ],
)
def test_the_check_of_the_arrows_sees(where, line, problem, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "tree_of", lambda path: ast.parse(line))
    found = broken_arrows(ROOT / where)
    assert (found == []) if problem is None else (len(found) == 1 and problem in found[0])


def test_no_screen_imports_another():
    assert [problem for path in product_files() for problem in broken_walls(path)] == []


@pytest.mark.parametrize(
    ("where", "line", "problem"),
    [
        ("wijkdata/questions/kaart/zz.py", "from wijkdata.questions.kloof import question", "import the screen kloof"),
        ("wijkdata/questions/kaart/zz.py", "from wijkdata.questions import kloof", "import the screen kloof"),
        ("wijkdata/questions/kaart/zz.py", "from ..kloof import question", "import the screen kloof"),
        ("wijkdata/questions/kaart/zz.py", "from wijkdata.questions.kaart import legend", None),
        ("wijkdata/questions/kaart/zz.py", "from wijkdata.questions.shared import places", None),
        ("wijkdata/questions/shared/zz.py", "from wijkdata.questions.kaart import legend", "import the screen kaart"),
        ("wijkdata/ui/zz.py", "from wijkdata.questions.kaart import question", "import the screen kaart"),
        ("wijkdata/ui/zz.py", "from wijkdata.ui.kaart import page", "import the screen kaart"),
        ("wijkdata/ui/kaart/zz.py", "from wijkdata.questions.kloof.answer import GapAnswer", "import the screen kloof"),
        ("wijkdata/ui/kaart/zz.py", "from wijkdata.questions.kaart import question", None),
        ("wijkdata/ui/kaart/zz.py", "from wijkdata.ui import address", None),
        ("wijkdata/ui/overzicht/page.py", "from wijkdata.ui.activiteiten import navigation", None),
        (
            "wijkdata/ui/overzicht/page.py",
            "from wijkdata.ui.activiteiten import form",
            "import the screen activiteiten",
        ),
        ("wijkdata/views/kaart/zz.py", "from wijkdata.questions.kaart import question", "only the answers"),
        ("wijkdata/views/kaart/zz.py", "from wijkdata.questions.shared import topics", "only the answers"),
        ("wijkdata/views/kaart/zz.py", "from wijkdata.questions.shared.answer import Topic", None),
        (
            "wijkdata/views/shared/zz.py",
            "from wijkdata.questions.kaart.answer import MapAnswer",
            "import the screen kaart",
        ),
    ],
)
def test_the_check_of_the_walls_sees(where, line, problem, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "tree_of", lambda path: ast.parse(line))
    found = broken_walls(ROOT / where)
    assert (found == []) if problem is None else (len(found) == 1 and problem in found[0])


def imported_files(path: Path) -> set[Path]:
    """The files of ours that a file imports; a name taken from a package counts for its module when there is one."""
    found = set()
    for _, dotted in imports_of(path):
        for name in (dotted, dotted.rpartition(".")[0]):
            file = ROOT / (name.replace(".", "/") + ".py")
            if file.is_file():
                found.add(file)
                break
    return found - {path}


def test_no_files_import_each_other_in_a_circle():
    sorter = TopologicalSorter({path: imported_files(path) for path in product_files()})
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(name_of(path) for path in error.args[1]))


def test_every_exception_between_screens_is_used():
    imported = {
        (name_of(path).removeprefix("wijkdata/"), dotted.removeprefix("wijkdata.").replace(".", "/"))
        for path in product_files()
        for _, dotted in imports_of(path)
    }
    unused = {
        pair
        for pair in BETWEEN_SCREENS
        if not any(a.startswith(pair[0]) and b.startswith(pair[1]) for a, b in imported)
    }
    assert unused == set()


def folders(where: Path) -> set[str]:
    return {path.name for path in where.iterdir() if path.is_dir() and any(path.glob("*.py"))}


def test_a_screen_has_one_name_in_every_layer():
    layers = {layer: folders(ROOT / "wijkdata" / layer) for layer in LAYERS_OF_SCREENS}
    assert layers == {
        "questions": SCREENS | WITHOUT_PAGE | {"shared"},
        "views": SCREENS - WITHOUT_VIEW | {"shared"},
        "ui": SCREENS,
    }
    for layer, screens in layers.items():
        assert folders(ROOT / "tests" / "unit" / layer) <= screens
        assert not list((ROOT / "tests" / "unit" / layer).glob("test_*.py"))


def test_answers_stand_beside_their_question():
    assert {path.parent.name for path in (ROOT / "wijkdata" / "questions").glob("*/answer.py")} == (
        SCREENS | WITHOUT_PAGE | {"shared"}
    )


def test_what_is_imported_is_named_in_the_requirements():
    named = set(re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements.in").read_text(encoding="utf-8")))
    local = {"wijkdata", "pages", "app", "start", "starting"}
    missing = {
        f"{name_of(path)} imports {package}"
        for path in product_files()
        if part_of(path) != "benchmarks"
        for package in {dotted.split(".")[0] for _, dotted in imports_of(path)}
        if package not in sys.stdlib_module_names | local and PACKAGE_OF.get(package, package) not in named
    }
    assert missing == set()


def test_what_starts_the_app_needs_nothing_but_python():
    files = [ROOT / "start.py", ROOT / "wijkdata/__init__.py", ROOT / "wijkdata/settings.py"]
    files += sorted((ROOT / "starting").glob("*.py"))
    foreign = [
        f"{name_of(path)}: {dotted}"
        for path in files
        for _, dotted in imports_of(path)
        if dotted.split(".")[0] not in sys.stdlib_module_names | {"starting"} and dotted != "wijkdata.settings.data_dir"
    ]
    assert foreign == []


def test_sql_is_only_in_the_store():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        if part_of(path) not in ("store", "benchmarks") and name_of(path) not in SQL_ELSEWHERE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert found == []


def test_sql_is_never_put_together_from_values():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("execute", "executemany", "sql", "query")
        and node.args
        and any(isinstance(part, ast.JoinedStr | ast.Mod) for part in ast.walk(node.args[0]))
    ]
    assert found == []


def test_caching_is_only_in_the_session():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        if name_of(path) != "wijkdata/ui/session.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute | ast.alias)
        and (node.attr if isinstance(node, ast.Attribute) else node.name) in ("cache_data", "cache_resource")
    ]
    assert found == []


def test_a_monitor_or_a_register_is_remembered_by_what_forgets_it():
    """`kept` and the session drop what belongs to an older monitor; functools would hold it for ever."""
    found = [
        f"{name_of(path)}:{function.name}"
        for path in product_files()
        for function in functions_of(path)
        for decorator in function.decorator_list
        if re.match(r"(?:functools\.)?(?:lru_)?cache\b", ast.unparse(decorator))
        and any(re.search(r"\b(?:Monitor|Register)\b", ast.unparse(argument)) for argument in function.args.args)
    ]
    assert found == REMEMBERED_BY_FUNCTOOLS


def test_no_error_is_swallowed_whole():
    """But for the attack on the readers, which reports every error that is no sentence."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        if name_of(path) != "benchmarks/bench_hostile.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or any(
                isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in ast.walk(node.type)
            )
        )
    ]
    assert found == []


def test_a_store_that_cannot_be_read_is_forgiven_in_one_place():
    """`session.ask_beside`: a page of figures goes on without its activities; everywhere else the shell says it."""
    found = [
        f"{name_of(path)}:{function.name}"
        for path in product_files()
        if part_of(path) in ("ui", "pages", "app")
        for function in functions_of(path)
        for node in ast.walk(function)
        if isinstance(node, ast.ExceptHandler)
        and node.type is not None
        and any(isinstance(part, ast.Name) and part.id == "StoreError" for part in ast.walk(node.type))
    ]
    assert found == ["wijkdata/ui/session.py:ask_beside"]


def test_pages_are_thin():
    assert [name_of(path) for path in (ROOT / "pages").glob("*.py") if functions_of(path)] == []
    assert too_long({path: PAGE_LINES - 1 for path in (ROOT / "pages").glob("*.py")}) == []


def too_long(limits: dict[Path, int]) -> list[str]:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    return [f"{name_of(path)} {length}" for path, length in lengths.items() if length > limits[path]]


def test_functions_are_short():
    sizes = {
        f"{name_of(path)}:{function.lineno} {function.name}": body_lines(function)
        for path in product_files()
        for function in functions_of(path)
    }
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}
    usual = sum(size <= USUAL_FUNCTION_LINES for size in sizes.values())
    assert usual >= 0.9 * len(sizes)


def test_functions_say_what_they_return():
    found = [
        f"{name_of(path)}:{function.lineno} {function.name}"
        for path in product_files()
        for function in functions_of(path)
        if function.returns is None
    ]
    assert found == []


def kept_files() -> list[Path]:
    """Every file that is in git or would be: what is ignored is left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.split("\0") if name]
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    # A copy without its history: everything that is not made by running it.
    made = {".venv", ".git", "__pycache__", "local", ".pytest_cache", ".ruff_cache", ".hypothesis", "geo"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.relative_to(ROOT).parts)]


def is_emoji(char: str) -> bool:
    pictogram = ord(char) >= 0x1F000 or 0x2600 <= ord(char) < 0x2800 or char == "\ufe0f"
    return pictogram and unicodedata.category(char) in ("So", "Mn")


def test_no_emoji_and_nothing_left_for_later():
    later = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    found = []
    for path in kept_files():
        if path.suffix not in {".py", ".md", ".toml", ".sql", ".css", ".js", ".svg", ".in", ".ini", ".csv", ""}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name_of(path)}: emoji"] if any(map(is_emoji, name_of(path) + text)) else []
        found += [f"{name_of(path)}: {hit}" for hit in later.findall(text)]
    assert found == []


@pytest.mark.parametrize(
    ("char", "emoji"), [("\U0001f600", True), ("\u2705", True), ("é", False), ("→", False), ("°", False)]
)
def test_the_check_of_emoji_sees(char, emoji):
    assert is_emoji(char) is emoji


def test_every_table_is_drawn_in_one_place():
    """`blocks.grid` says what a missing value looks like and gives the alternative in words."""
    paths = sorted((ROOT / "wijkdata" / "ui").rglob("*.py"))
    drawing = [path for path in paths if "st.dataframe(" in path.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in drawing] == ["wijkdata/ui/blocks.py"]
