"""What checkov and trivy say of output folders, offline. ``python -m harness.scanners FOLDER...`` prints the counts; 1 for a failure.

Both come in an environment of their own, ``.venv-scan``, because they pin what others need newer.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.programs import find

FRAMEWORKS = ("terraform", "cloudformation")
SKIP = re.compile(r"^ *# trivy:ignore:", re.MULTILINE)


@dataclass(frozen=True)
class Scan:
    """How often each check failed, by ``check type file``; how many passed, and how many were skipped where they would have failed."""

    failed: Counter[str] = field(default_factory=Counter)
    passed: int = 0
    skipped: int = 0
    unread: tuple[str, ...] = ()

    def __add__(self, other: Scan) -> Scan:
        unread = self.unread + other.unread
        return Scan(self.failed + other.failed, self.passed + other.passed, self.skipped + other.skipped, unread)


def checkov(folder: Path) -> Scan:
    """Of the Terraform and the CloudFormation below a folder."""
    options = ["--compact", "--skip-download", "--output", "json", "--soft-fail"]
    # From within: it looks for secrets in the path that it was given, too, and finds them in one of forty characters.
    command = [str(find("checkov")), "-d", ".", "--framework", *FRAMEWORKS, *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    reports = found if isinstance(found, list) else [found]
    return sum((_report(report) for report in reports if "results" in report), Scan())


def _report(report: dict[str, Any]) -> Scan:
    results, summary = report["results"], report["summary"]
    failed = Counter(f"{f['check_id']} {f['resource'].split('.')[0]} {f['file_path']}" for f in results["failed_checks"])
    return Scan(failed, summary["passed"], summary["skipped"], tuple(results.get("parsing_errors", ())))


def trivy(folder: Path) -> Scan:
    """Of every output folder below a folder, as if called in it: there lies its list of what no line of a Dockerfile can carry."""
    return sum((_trivy(record.parent) for record in sorted(folder.rglob("k2l.json"))), Scan())


def _trivy(output: Path) -> Scan:
    options = ["--skip-check-update", "--skip-version-check", "--format", "json", "--quiet"]
    done = subprocess.run([str(find("trivy")), "config", *options, "."], cwd=output, capture_output=True, text=True, check=True)
    found = sum(_results(json.loads(done.stdout)), Scan())
    # It tells no numbers of what it has skipped.
    texts = [path.read_text(encoding="utf-8") for pattern in ("*.tf", "*.yaml") for path in output.rglob(pattern)]
    return found + Scan(skipped=sum(len(SKIP.findall(text)) for text in texts))


def _results(found: dict[str, Any]) -> Iterator[Scan]:
    for result in found.get("Results", ()):
        failed = Counter(
            f"{m['ID']} {m.get('CauseMetadata', {}).get('Resource', '').split('.')[0]} {result['Target']}"
            for m in result.get("Misconfigurations") or ()
            if m["Status"] == "FAIL"
        )
        yield Scan(failed, result.get("MisconfSummary", {}).get("Successes", 0))


def main(folders: Sequence[str]) -> int:
    """1 when a check fails that is not skipped with a reason, or when nothing was looked at."""
    wrong = 0
    for name, scan in (("checkov", checkov), ("trivy", trivy)):
        found = sum((scan(Path(folder)) for folder in folders), Scan())
        total = sum(found.failed.values())
        print(f"{name}: {found.passed:,} passed, {found.skipped:,} skipped with a reason, {total:,} failed")  # noqa: T201
        for said, number in found.failed.most_common():
            print(f"  {number} {said}")  # noqa: T201
        for file in found.unread:
            print(f"  cannot read {file}")  # noqa: T201
        wrong += total + len(found.unread) + (not found.passed)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
