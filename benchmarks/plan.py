"""What the migration report costs: ``python benchmarks/plan.py [--workloads N] [--runs N]``.

Fresh processes, and the medians; a page of so many workloads is opened in Chromium where playwright and that are on the machine. Targets
are stated beside the figures and asserted nowhere.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from convert import CONVERT as K2L
from convert import PARSE, in_turns
from manifests import stream

OPEN_TARGET = 2


def page(manifests: Path, folder: Path, runs: int) -> Path:
    out = folder / "plan.html"
    plan = ["-c", K2L, "plan", "-q", str(manifests), "-o", str(out), "--usage", str(folder / "usage.yaml")]
    median = in_turns({"plan": plan, "parse": ["-c", PARSE, str(manifests)]}, runs)
    ratio = median["plan"] / median["parse"]
    print(f"page written in {median['plan']:.2f} s, {ratio:.1f} x yaml.load_all with CSafeLoader, both whole processes")
    print(f"  size                                   {out.stat().st_size / 1e6:7.2f} MB")
    return out


def opening(out: Path, runs: int) -> None:
    """Until the controls of the page answer."""
    program = shutil.which("chromium")
    if program is None or importlib.util.find_spec("playwright") is None:
        print("chromium and playwright are not both on this machine")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        times = []
        for _ in range(runs):
            tab = browser.new_page()
            begun = time.perf_counter()
            tab.goto(out.as_uri())
            tab.wait_for_function("document.getElementById('shown').textContent")
            times.append(time.perf_counter() - begun)
            tab.close()
        browser.close()
    print(f"opened in Chromium in {statistics.median(times):.2f} s   (target: under {OPEN_TARGET})")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure k2l plan.")
    parser.add_argument("--workloads", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3, help="of each command, in turns")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        manifests = Path(folder) / "all.yaml"
        manifests.write_text(stream(given.workloads))
        print(f"{given.workloads} workloads")
        opening(page(manifests, Path(folder), given.runs), given.runs)


if __name__ == "__main__":
    main()
