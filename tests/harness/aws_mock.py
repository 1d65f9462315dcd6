"""AWS as a mock on this machine, and the order in which k2l's output is applied: registry, images, main."""

from __future__ import annotations

import json
import re
import select
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harness.terraform import Change, Terraform, TerraformFailed

MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json"
REPOSITORY = re.compile(r"\d{12}\.dkr\.ecr\.[^/]+/(.+?):([\w.-]+)")


class AwsMock:
    """A server of its own. ``environment`` makes Terraform and boto3 talk to it and to nothing else."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="k2l-aws-mock-")
        self._log = Path(self._folder.name, "log")
        command = (sys.executable, "-m", "harness.moto_server")
        with self._log.open("w") as log:
            self._server = subprocess.Popen(command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._server.stdout
        ready, _, _ = select.select([self._server.stdout], [], [], 60)
        port = self._server.stdout.readline().strip() if ready else ""
        if not port:
            self._server.kill()
            raise RuntimeError(f"the AWS mock did not start:\n{self._log.read_text()}")
        self.endpoint = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait(10)
        assert self._server.stdout
        self._server.stdout.close()
        self._folder.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        return {"AWS_ENDPOINT_URL": self.endpoint}

    def client(self, service: str) -> Any:
        import boto3

        keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "eu-west-1"}
        return boto3.client(service, endpoint_url=self.endpoint, **keys)

    def reset(self) -> None:
        """An empty account again."""
        request = urllib.request.Request(f"{self.endpoint}/moto-api/reset", method="POST")
        with urllib.request.urlopen(request, timeout=60):
            pass

    def gaps(self) -> tuple[str, ...]:
        """Requests that the mock itself could not answer: the first thing to read when an apply fails."""
        found = re.findall(r'"((?:GET|PUT|POST|DELETE|PATCH) \S+) HTTP/1\.1" 5\d\d|NotImplementedError: (.+)', self._log.read_text())
        return tuple(sorted({a or b for a, b in found}))


def push_images(mock: AwsMock, images: Mapping[str, str]) -> dict[str, str]:
    """Puts one image into each repository (name to tag), which has to be there; returns repository to digest."""
    ecr, digests = mock.client("ecr"), {}
    layer = {"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": 1, "digest": "sha256:" + "e" * 64}
    config = {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 1, "digest": "sha256:" + "b" * 64}
    for repository, tag in sorted(images.items()):
        ecr.describe_repositories(repositoryNames=[repository])
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": config, "layers": [layer], "annotations": {"of": repository}}
        pushed = ecr.put_image(
            repositoryName=repository, imageTag=tag, imageManifest=json.dumps(manifest), imageManifestMediaType=MANIFEST_TYPE
        )
        digests[repository] = pushed["image"]["imageId"]["imageDigest"]
    return digests


@dataclass(frozen=True)
class Deployed:
    """Both roots as they were applied. ``images`` is function name to digest."""

    mock: AwsMock
    main: Terraform
    registry: Terraform | None
    images: Mapping[str, str]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What a second apply of the main root would do; nothing, if the output is right."""
        return self.main.plan()

    def destroy(self) -> None:
        """Everything again, images first, because a registry keeps a repository that is not empty."""
        self.main.destroy()
        if self.registry:
            ecr = self.mock.client("ecr")
            for repository in ecr.describe_repositories()["repositories"]:
                name = repository["repositoryName"]
                held = ecr.list_images(repositoryName=name)["imageIds"]
                if held:
                    ecr.batch_delete_image(repositoryName=name, imageIds=held)
            self.registry.destroy()


def _wanted_images(plan: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Function name to the repository and tag that its plan names."""
    functions = [r["change"]["after"] for r in plan["resource_changes"] if r["type"] == "aws_lambda_function" and r["change"]["after"]]
    found = {f["function_name"]: REPOSITORY.fullmatch(f.get("image_uri") or "") for f in functions}
    return {name: (match[1], match[2]) for name, match in found.items() if match}


def deploy(output: Path, mock: AwsMock, work: Path, variables: Mapping[str, object] | None = None, *, push: bool = True) -> Deployed:
    """Applies an output folder as its README says, in a copy: the registry, then the images that the main root names, then the main root.

    The images' digests go into ``images.auto.tfvars.json`` as the push command writes them. ``push=False`` forgets the images."""
    registry = None
    if (output / "registry").is_dir():
        registry = Terraform.copy(output / "registry", work / "registry", mock.environment).init()
        registry.apply()
    main = Terraform.copy(output, work / "main", mock.environment).init().given(**(variables or {}))
    images: dict[str, str] = {}
    if push:
        wanted = _wanted_images(main.planned())
        digests = push_images(mock, dict(wanted.values()))
        images = {function: digests[repository] for function, (repository, _) in wanted.items()}
        (main.folder / "images.auto.tfvars.json").write_text(json.dumps({"image_digests": images}))
    try:
        main.apply()
    except TerraformFailed as failed:
        failed.add_note(f"requests that the AWS mock itself cannot answer: {', '.join(mock.gaps()) or 'none'}")
        raise
    return Deployed(mock, main, registry, images)
