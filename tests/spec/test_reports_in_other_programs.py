"""Reports opened by programs that are not ours: LibreOffice and the tools of poppler. Where they are not installed the test
says so, and what it would have seen is not known; the readers in `test_formats.py` need nothing but Python."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report_examples import MARKUP, TYPST, report
from wijkdata.views.shared.reports import writers


def program(*names: str) -> str:
    """The first of these that is installed."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed: how it opens a report was not tested on this machine")
    return found


# What LibreOffice opens a format with: its parts are installed one by one.
PARTS = {"docx": "sw", "html": "sw", "xlsx": "sc", "pptx": "sd"}


def libreoffice(suffix: str) -> str:
    """LibreOffice with the part that opens this format."""
    found = Path(program("soffice", "libreoffice")).resolve()
    part = f"lib{PARTS[suffix]}lo.so"
    if sys.platform.startswith("linux") and not list(found.parent.glob(part)):
        pytest.skip(f"LibreOffice has no {part} here: how it opens {suffix} was not tested on this machine")
    return str(found)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A report in every format."""
    place = tmp_path_factory.mktemp("rapporten")
    for suffix in writers.FORMATS:
        (place / f"rapport.{suffix}").write_bytes(writers.write(report(), suffix))
    return place


def text_of(pdf: Path) -> str:
    done = subprocess.run([program("pdftotext"), "-layout", pdf, "-"], capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def test_poppler_reads_the_text_and_the_tags(folder):
    assert squeezed(TYPST) in text_of(folder / "rapport.pdf") and squeezed(MARKUP) in text_of(folder / "rapport.pdf")
    said = subprocess.run([program("pdfinfo"), folder / "rapport.pdf"], capture_output=True, check=True).stdout.decode()
    assert "Tagged:          yes" in said and "JavaScript:      no" in said and "A4" in said
    parts = subprocess.run(
        [program("pdfinfo"), "-struct-text", folder / "rapport.pdf"], capture_output=True, check=True
    ).stdout.decode()
    assert parts.count("Figure") == 2 and "TH" in parts and "H1" in parts


def test_poppler_draws_every_page(folder, tmp_path):
    done = subprocess.run(
        [program("pdftoppm"), "-r", "40", "-png", folder / "rapport.pdf", tmp_path / "bladzijde"], capture_output=True
    )
    pages = sorted(tmp_path.glob("bladzijde*.png"))
    assert done.returncode == 0 and pages and all(page.stat().st_size > 3_000 for page in pages)


@pytest.mark.parametrize("suffix", ["docx", "pptx", "xlsx", "html"])
def test_libreoffice_opens_what_office_is_for(suffix, folder, tmp_path):
    office = libreoffice(suffix)
    home = f"-env:UserInstallation=file://{tmp_path / 'profiel'}"
    to = "pdf:writer_web_pdf_Export" if suffix == "html" else "pdf"
    command = [office, home, "--headless", "--convert-to", to, "--outdir", tmp_path, folder / f"rapport.{suffix}"]
    done = subprocess.run(command, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    text = text_of(tmp_path / "rapport.pdf")
    assert "fictief" in text and squeezed(MARKUP)[:12] in text
