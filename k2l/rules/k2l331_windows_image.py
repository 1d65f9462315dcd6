"""
An image is one for Windows, and functions run Linux.

Images of Microsoft's registry for Windows, and tags that name a Windows base (`nanoserver`, `windowsservercore`, `ltsc2022`), hold
programs for Windows even where no node selector says so. Fargate has Windows tasks.

Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (checked 2026-11-21)

Bad:

    image: mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022

Bad:

    image: golang:1.25-nanoserver-ltsc2022

Good:

    image: mcr.microsoft.com/dotnet/aspnet:9.0

Good:

    image: registry.example/windows-updates:1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from k2l import tables
from k2l.converters import image
from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.settings import Settings


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    pattern = re.compile(tables.limits("build")["windows_image"])
    for container in workload.pod.containers:
        named = settings.overrides(workload).image if container is workload.container else None
        given = named.because(container.image) if named else container.image
        if given is not None and image.is_reference(given.value) and pattern.search(str(image.parse(given.value))):
            yield Problem(given.origins[-1], f'"{given.value}" is an image for Windows', "use one for Linux; else it goes to Fargate")


RULE = Rule("K2L331", "windows-image", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
