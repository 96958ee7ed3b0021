"""Activities as files: a workbook of 5,000 activities read and checked, and a register of 5,000 written as a workbook.

python benchmarks/bench_activity_files.py [--runs 5] [--rows 5000]

Beside each the library alone in the same run: python-calamine that opens the same workbook, openpyxl that writes the same
cells without styles, lists or checks.
"""

import argparse
import io
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import openpyxl
import python_calamine

from benchmarks.measure import Row, median_ms, report
from wijkdata.loading.activities import export, register
from wijkdata.loading.activities import reading as activities_reading
from wijkdata.record import checks
from wijkdata.record.base import Record

TODAY = date(2026, 11, 24)


def activities(n: int) -> list[Record]:
    """Make n activities over ten years, each with an area, a pillar, an aim, two counts and a line of time."""
    return [_activity(number) for number in range(n)]


def _activity(number: int) -> Record:
    start = date(2015, 1, 1) + timedelta(days=number % 3650)
    values = {
        "title": f"Activiteit {number}", "description": "Bewoners en partners werken samen aan de buurt. " * 4,
        "kind": "ontmoeting", "initiator": "bewoners", "step": str(number % 7), "start_planned": start,
        "status": "afgerond", "source": "registratie", "start_actual": start, "end_planned": start + timedelta(days=90),
        "end_actual": start + timedelta(days=95), "repeated": "herhaald", "times": number % 40 + 1,
        "support": "coproductie", "form": "fysiek", "access": "open", "audience": "jeugd; ouderen",
        "recruitment": "open_oproep; deur_aan_deur", "cost_granted": Decimal(number) * 10, "cost_spent": "1234,56",
        "price_year": 2024, "hours_included": "nee", "evidence": "1",
    }  # fmt: skip
    children = {
        "area": [{"area": f"WK9701{number % 90:02}", "division": 2024, "share": 100}],
        "pillar": [{"rank": 1, "pillar": "weerbaarheid"}],
        "aim": [{"indicator": "vertrouwen", "direction": "op", "size": 1.5, "judge_at": "31-12-2027"}],
        "count": [{"date": start + timedelta(days=d), "method": "geteld", "visits": 100 + d, "participants": 40} for d in (0, 30)],
        "timeline": [{"date": start, "kind": "start", "text": "Eerste bijeenkomst"}],
    }  # fmt: skip
    record, wrong = checks.read("activity", f"B-{number:05}", values, children, TODAY)
    if wrong:
        raise SystemExit(str(wrong[0]))
    return register.prepare(None, record, TODAY)


def rewritten(book: bytes) -> float:
    """Measure the milliseconds that openpyxl needs to write the same cells, and nothing else."""
    rows = {page.title: list(page.values) for page in openpyxl.load_workbook(io.BytesIO(book), read_only=True)}

    def write() -> None:
        plain = openpyxl.Workbook(write_only=True)
        for title, lines in rows.items():
            page = plain.create_sheet(title)
            for line in lines:
                page.append(line)
        plain.save(io.BytesIO())

    return median_ms(write, runs=3, warmup=0)


def main() -> None:
    """Measure the medians of the runs, each against the library alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rows", type=int, default=5_000)
    options = parser.parse_args()
    records = activities(options.rows)
    book = export.workbook(records)
    with tempfile.TemporaryDirectory() as folder:
        path, progress = Path(folder) / "activiteiten.xlsx", []

        def read() -> None:
            path.write_bytes(book)  # another moment of change: nothing is remembered from the run before
            checked = activities_reading.read([path], Path(folder) / "register", TODAY, progress.append)
            if checked.problems or len(checked.added) != options.rows:
                raise SystemExit(str(checked.problems[:1]))

        def calamine() -> None:
            with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)) as opened:
                for name in opened.sheet_names:
                    opened.get_sheet_by_name(name).to_python()

        def again() -> None:
            path.write_bytes(book)
            if activities_reading.read([path], Path(folder) / "vol", TODAY).unchanged != options.rows:
                raise SystemExit("the same file changes something")

        reading, bare = (median_ms(work, options.runs, 1) / 1000 for work in (read, calamine))
        saving = median_ms(lambda: register.save_all(Path(folder) / "vol", records, "invoer", TODAY), 1, 0) / 1000
        same = median_ms(again, options.runs, 0) / 1000
    writing = median_ms(lambda: export.workbook(records), options.runs, 0) / 1000
    plain = rewritten(book) / 1000
    csv = median_ms(lambda: export.csv_zip(records), options.runs, 0) / 1000
    title = f"Activities as files ({options.rows} activities, {len(book) / 1e6:.1f} MB; {len(set(progress))} sentences of progress)"
    report(
        title,
        [
            Row("reading and checking the workbook", reading, "s", 5, "python-calamine alone", bare),
            Row("writing what was read to an empty register", saving, "s"),
            Row("reading it again: held against that register", same, "s"),
            Row("writing the register as a workbook", writing, "s", 3, "openpyxl alone", plain),
            Row("writing the register as CSV in a zip", csv, "s", 3),
        ],
    )


if __name__ == "__main__":
    main()
