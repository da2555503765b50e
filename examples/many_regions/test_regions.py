#!/usr/bin/env python3
"""Thirty regions cut out of the sample, planned on a local Dask cluster: one run is killed and started again, one region
cannot be planned at all, and the rollup holds the others.

    TOURPLAN=target/release/tourplan python3 examples/many_regions/test_regions.py
"""

import csv
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "sample-data" / "hunan"
TOURPLAN = Path(os.environ.get("TOURPLAN", "target/release/tourplan")).resolve()
REGIONS = 30
MONTH = "2026-12"
# Its first run is killed.
KILLED = "region-07"
# Its points.csv is gone.
BROKEN = "region-13"


def region(root: Path, number: int) -> Path:
    """The sample with every thirtieth customer, and a dealer's name of its own."""
    folder = root / f"region-{number:02}"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("plans", ".tourplan.lock"))
    for table in ("retail.csv", "fleets.csv"):
        path = folder / "population" / table
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:1] + lines[1 + number :: REGIONS]), encoding="utf-8")
    settings = folder / "tour.toml"
    text = settings.read_text(encoding="utf-8")
    at = text.index("name = ", text.index("[dealer]"))
    end = text.index("\n", at)
    settings.write_text(f'{text[:at]}name = "示例店{number:02}"{text[end:]}', encoding="utf-8")
    return folder


def killed_once(root: Path) -> Path:
    """The program behind a script that kills itself at the first run of one region."""
    script, mark = root / "tourplan-once", root / "was-killed"
    script.write_text(
        f'#!/bin/sh\ncase "$*" in "plan "*{KILLED}*)\n'
        f'  if mkdir "{mark}" 2>/dev/null; then kill -9 $$; fi;;\nesac\nexec "{TOURPLAN}" "$@"\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


class ManyRegions(unittest.TestCase):
    def test_thirty_regions_with_one_killed_and_one_broken(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            regions = [region(root, number) for number in range(REGIONS)]
            (root / BROKEN / "points.csv").unlink()
            out = root / "group"
            command = [sys.executable, HERE / "plan_regions.py", "--tourplan", killed_once(root), "--month", MONTH]
            command += ["--out", out, "--effort", "10", "--workers", "2", *regions]
            run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
            self.assertEqual(run.returncode, 1, run.stderr[-2000:])
            lines = {Path(line.split(": ")[0]).name: line for line in run.stdout.splitlines() if str(root) in line}
            self.assertEqual([name for name, line in lines.items() if "FAILED" in line], [BROKEN], run.stdout)
            self.assertIn("FAILED (3)", lines[BROKEN])
            self.assertTrue((root / "was-killed").is_dir(), "the first run of one region must have been killed")
            self.assertTrue((root / KILLED / "plans" / MONTH / "plan.json").is_file())
            with open(out / "kpis.csv", encoding="utf-8-sig", newline="") as table:
                rows = list(csv.DictReader(table))
            self.assertEqual(len(rows), REGIONS - 1 + 1, "a line a planned region and one over all")
            self.assertEqual(int(rows[-1]["visit"]), sum(int(row["visit"]) for row in rows[:-1]))
            self.assertEqual(len({row["dealer"] for row in rows[:-1]}), REGIONS - 1)


if __name__ == "__main__":
    if not TOURPLAN.is_file():
        sys.exit(f"{TOURPLAN} is not there: build it, or name it in TOURPLAN")
    unittest.main()
