"""SAM templates as AWS's own tools read them, offline: its YAML, its translator, cfn-lint; and CloudFormation as a mock."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from harness.programs import find

REGION = "eu-west-1"
# The translator fills in what parameters default to, so that in its result they look unused, and their Fn::Sub needless.
ARTEFACTS = ("W1020", "W2001")
Template = dict[str, Any]


class Loader(yaml.CSafeLoader):
    """One of our own, so that its constructors are nobody else's."""


@contextmanager
def _quiet() -> Iterator[None]:
    """Both tools warn of their own libraries, and want a Region."""
    before = os.environ.get("AWS_DEFAULT_REGION")
    os.environ["AWS_DEFAULT_REGION"] = REGION
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)
        if before is None:
            del os.environ["AWS_DEFAULT_REGION"]
        else:
            os.environ["AWS_DEFAULT_REGION"] = before


def read(text: str) -> Template:
    """A template with its functions in their long form, as the translator reads it, by a parser in C."""
    with _quiet():
        from samtranslator.yaml_helper import intrinsics_multi_constructor
    Loader.add_multi_constructor("!", intrinsics_multi_constructor)
    found: Template = yaml.load(text, Loader)
    return found


def process(text: str, *, defaults: bool = True) -> Template:
    """What SAM makes of a template. Without ``defaults`` references to parameters stay. Raises what the translator raises."""
    template = deepcopy(read(text))
    if not defaults:
        for parameter in template.get("Parameters", {}).values():
            parameter.pop("Default", None)
    with _quiet():
        from samtranslator.public.translator import ManagedPolicyLoader
        from samtranslator.translator.transform import transform

        class NoPolicies(ManagedPolicyLoader):  # type: ignore[misc]
            """No template of ours names one; the real loader would ask AWS."""

            def __init__(self) -> None:
                self._policy_map = None

            def load(self) -> dict[str, str]:
                return {}

        made: Template = transform(template, {}, NoPolicies())
    return made


def schema(kind: str) -> Mapping[str, Any]:
    """cfn-lint's schema of a type: of CloudFormation's registry, or of SAM."""
    package = find("cfn-lint")
    assert package
    folder = package.parent / "data/schemas"
    names = json.loads((folder / f"providers/{'sam' if '::Serverless::' in kind else 'us-east-1'}.json").read_text())
    found: Mapping[str, Any] = json.loads((folder / f"resources/{names[kind]}.json").read_text())
    return found


def lint(template: str | Template, ignore: Iterable[str] = ()) -> tuple[str, ...]:
    """cfn-lint's findings of errors and warnings, each on one line."""
    # In ASCII, because cfn-lint reads JSON as YAML, which knows no surrogates.
    text = template if isinstance(template, str) else yaml.dump(template, Dumper=yaml.CSafeDumper, sort_keys=False)
    with _quiet():
        from cfnlint.api import ManualArgs
        from cfnlint.api import lint as check

        found = check(text, config=ManualArgs(regions=[REGION], ignore_checks=list(ignore)))
    return tuple(f"{match.linenumber} {match.rule.id} {match.message}" for match in found)


def problems(folder: Path) -> tuple[str, ...]:
    """Of every template of an output folder, and of what SAM makes of it."""
    found = []
    for file in sorted(folder.rglob("template.yaml")):
        text = file.read_text(encoding="utf-8")
        name = file.relative_to(folder).as_posix()
        found += [f"{name}:{line}" for line in lint(text)]
        if "Transform" in read(text):
            found += [f"{name} processed:{line}" for line in lint(process(text), ARTEFACTS)]
    return tuple(found)


def validate(folder: Path) -> str:
    """What ``sam validate --lint`` says against a folder; empty when it is content."""
    program = find("sam")
    assert program
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "SAM_"))}
    done = subprocess.run(
        [program, "validate", "--lint", "--region", REGION],
        cwd=folder,
        env={**plain, "SAM_CLI_TELEMETRY": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else f"{done.stdout}{done.stderr}"


def evaluated(value: Any) -> Any:
    """A value of a template in which every Fn::Join of literals is what it makes."""
    if isinstance(value, Mapping):
        if list(value) == ["Fn::Join"]:
            delimiter, parts = value["Fn::Join"]
            texts = [evaluated(part) for part in parts]
            return delimiter.join(texts) if all(isinstance(text, str) for text in texts) else value
        return {key: evaluated(inner) for key, inner in value.items()}
    return [evaluated(item) for item in value] if isinstance(value, list) else value
