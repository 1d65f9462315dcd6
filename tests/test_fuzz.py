"""Every promise of ``fuzz`` on the inputs that are kept, and on a few new ones from the fuzzer."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

import fuzz
from harness.programs import ROOT

KEPT = [(name, path) for name in fuzz.targets() for path in fuzz.kept(name)]
RUNS = {"conversion": 60}
"""New inputs of a target whose check takes long; the others get RUNS_EACH."""
RUNS_EACH = 2000
SIZE = 300_000


@pytest.mark.parametrize(("name", "path"), KEPT, ids=[f"{name}-{path.name}" for name, path in KEPT])
def test_a_kept_input_breaks_no_promise(name, path):
    fuzz.target(name).check(path.read_bytes())


@pytest.mark.requires("atheris")
@pytest.mark.parametrize("name", fuzz.targets())
def test_no_new_input_of_the_fuzzer_breaks_a_promise(name, tmp_path):
    options = [f"-runs={RUNS.get(name, RUNS_EACH)}", "-seed=20261121", "-timeout=60", "-rss_limit_mb=0"]
    options += [f"-artifact_prefix={tmp_path}/", "-max_len=6000"]
    command = [sys.executable, "-m", "fuzz", name, *options, str(tmp_path), str(fuzz.CORPUS / name)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "tests"), str(ROOT)))}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done " in done.stderr


def test_every_target_has_inputs_and_all_of_them_are_small():
    assert {name for name, _ in KEPT} == set(fuzz.targets())
    assert sum(path.stat().st_size for _, path in KEPT) < SIZE


@pytest.mark.parametrize("name", [name for name in fuzz.targets() if fuzz.target(name).mutate])
def test_a_mutation_of_a_manifest_is_mostly_another_one_that_can_be_read(name):
    target = fuzz.target(name)
    assert target.mutate is not None
    (first, *_) = fuzz.kept(name)
    made = {target.mutate(first.read_bytes(), random.Random(seed)) for seed in range(50)}
    assert len(made) > 25
