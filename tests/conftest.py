"""What every test may use: the real files, where they are, and data that is made once for all who only read it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from wijkdata import catalogue
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import importer
from wijkdata.questions.shared import beforehand
from wijkdata.store.monitor import versions
from wijkdata.store.participation import door

# No example has a deadline: on a busy machine the first one takes what its imports take.
settings.register_profile("any_speed", settings(), deadline=None)
settings.load_profile("any_speed")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def _shared(part: str) -> Path:
    """The folder `../shared/<part>`: absent is a skip that says so, and a failure on the build server."""
    folder = SHARED / part
    if folder.is_dir():
        return folder
    reason = f"{folder} is absent: the publishers' files are not part of the project"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the publishers' real files."""
    return _shared("data")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with reference data for the statistics."""
    return _shared("reference")


# The publishers' files that the pages are seen with, in ../shared/data.
REAL_FILES = (
    "pdok-wijken-2024/wijken_2024.geojson",
    "wijken-2016/wijk_2016_6.geojson",
    "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv",
    "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet",
    "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv",
    "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv",
)


@pytest.fixture(scope="session")
def example_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the fictional municipalities. To read only: who writes takes a copy."""
    return _made_once(tmp_path_factory, "example", lambda folder: dataset.load(folder, catalogue.load()))


@pytest.fixture(scope="session")
def real_data(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with real files of the publishers. To read only: who writes takes a copy."""
    files = [shared / name for name in REAL_FILES]
    return _made_once(tmp_path_factory, "real", lambda folder: importer.import_files(files, folder, catalogue.load()))


@pytest.fixture(autouse=True)
def nobody_writes_in_what_all_read(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that writes does so in a copy: what it left would be there for whoever comes next, in whatever order."""
    shared = [request.getfixturevalue(name) for name in ("example_data", "real_data") if name in request.fixturenames]
    before = [_stand(folder) for folder in shared]
    yield
    assert [_stand(folder) for folder in shared] == before, (
        "this test, or one beside it, wrote in data that others read"
    )


def _stand(folder: Path) -> dict[str, tuple[int, int]]:
    """When the files with figures and activities were changed last, and their sizes."""
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_size)
        for pattern in ("monitor-*.duckdb", f"{door.NAME}*")
        for path in folder.glob(pattern)
    }


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder, made by whichever process asks first. Processes of one run share the folder above their own."""
    above = factory.getbasetemp()
    folder = (above.parent if "PYTEST_XDIST_WORKER" in os.environ else above) / f"made_{name}"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
            beforehand.make(versions.require(folder))  # as the command line does: no process computes it again
    return folder
