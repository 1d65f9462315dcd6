"""A program ``helm`` with the one command that people pipe into k2l, on Helm's own library: a machine with the real one needs none."""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = (
    f"#!{sys.executable}\n"
    r"""
import argparse, re, sys
from pathlib import Path
import helm_python

# https://helm.sh/docs/helm/helm_template/
given = argparse.ArgumentParser(prog="helm")
given.add_argument("command", choices=["template"])
given.add_argument("names", nargs="+")
given.add_argument("--namespace", "-n", default="default")
given.add_argument("--values", "-f", action="append", default=[])
given.add_argument("--set", action="append", default=[])
given.add_argument("--include-crds", action="store_true")
given.add_argument("--skip-tests", action="store_true")
given = given.parse_intermixed_args()


def merged(one, other):
    both = dict(one)
    for key, value in other.items():
        both[key] = merged(both[key], value) if isinstance(value, dict) and isinstance(both.get(key), dict) else value
    return both


try:
    values = {}
    for file in given.values:
        values = merged(values, helm_python.values_from_yaml(Path(file).read_text()))
    for setting in given.set:
        values = merged(values, helm_python.parse_set_string(setting))
    *release, chart = given.names
    with helm_python.Chart.load(chart) as loaded:
        texts = {crd["filename"]: crd["data"] for crd in loaded.crds} if given.include_crds else {}
        texts |= loaded.render(values, name=(release or ["release-name"])[0], namespace=given.namespace)
except FileNotFoundError as error:
    sys.exit(f"Error: open {error.filename}: no such file or directory")
except helm_python.HelmError as error:
    sys.exit(f"Error: {error}")
for name, text in sorted(texts.items()):
    for document in re.split(r"(?:^|\s*\n)---\s*", text.strip()):
        if document.strip() and not Path(name).name.startswith("_") and not name.endswith("NOTES.txt"):
            print(f"---\n# Source: {name}\n{document.strip()}")
"""
)


def put(folder: Path) -> Path:
    """The program, in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "helm"
    program.write_text(PROGRAM)
    program.chmod(0o755)
    return program
