"""One container of a task: its variables, what it starts, what it mounts, and whether its image has to be built for that.

The image of the manifest is taken as it is, from where it is, unless something has to be in it: files of ConfigMaps and Secrets, which no
volume of a task holds, and what only a program can do at the start, which composes variables and signs calls to functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from k2l import adapters, tables
from k2l.adapters import dockerfile
from k2l.aws.build_context import Assignment, Assignments, BuildContext, Listener, Run
from k2l.aws.configuration import Parameter
from k2l.aws.ecs import HealthCheck
from k2l.aws.expr import Expr, Image
from k2l.aws.inputs import Variable as Input
from k2l.converters import expansion, image, names
from k2l.environment import Environment
from k2l.manifest.container import Container
from k2l.reference import Expanded
from k2l.source import Node
from k2l.targets.fargate import health, mounts, sizing
from k2l.targets.fargate.environment import Assigner, Keys
from k2l.targets.shared.assigning import Assigned
from k2l.targets.shared.callees import Callee, Directory
from k2l.targets.shared.ground import Ground
from k2l.targets.shared.launch import Launch, launch
from k2l.targets.shared.naming import rules
from k2l.traced import Traced


class Part(Struct, frozen=True, eq=False, dict=True):
    """``key`` names its image, where one is built; ``certain`` are the keys of secrets that are there."""

    ground: Ground
    container: Container
    directory: Directory
    certain: Keys

    @property
    def main(self) -> bool:
        return self.container is self.ground.workload.container

    @property
    def key(self) -> str:
        """No name of an object holds an underscore, so that no other workload's image is called the same."""
        return self.ground.name if self.main else f"{self.ground.name}_{self.container.name.value}"

    @property
    def before(self) -> bool:
        """Whether it ends before the others begin."""
        pod = self.ground.workload.pod
        return self.container in pod.init_containers and self.container not in pod.sidecars

    @property
    def beside(self) -> bool:
        """Whether it is an init container that keeps running."""
        return self.container in self.ground.workload.pod.sidecars

    @cached_property
    def environment(self) -> Environment:
        return self.ground.resolve(self.container)

    @cached_property
    def assigned(self) -> Assigned:
        return Assigner(self.ground.name, self.directory, self.ground.kept_literals, self.certain).assign(self.environment)

    @cached_property
    def launch(self) -> Launch:
        return launch(self.ground, self.container, self.environment, self.assigned, self.directory)

    @cached_property
    def mounts(self) -> mounts.Mounts:
        return mounts.mounts(self.ground, self.container, self.environment)

    @property
    def callees(self) -> Mapping[str, Callee]:
        return self.launch.callees

    @property
    def inputs(self) -> Mapping[str, Input]:
        return self.assigned.inputs | self.launch.inputs | self.mounts.inside.inputs

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        return self.assigned.parameters | self.launch.parameters | self.mounts.inside.parameters

    @property
    def source(self) -> Traced[str]:
        return self.ground.source_image if self.main else self.container.image or Traced("")

    @cached_property
    def context(self) -> BuildContext | None:
        """How its image is built; None for one that is taken as it is."""
        made = self._context
        if dockerfile.needs_program(made):
            return replace(made, run=self._run())
        return made if made.files or not image.is_reference(self.source.value) else None

    @cached_property
    def _context(self) -> BuildContext:
        directory = self.container.working_dir
        return BuildContext(
            key=self.key,
            home=self.ground.name,
            origins=self.ground.origins,
            mode="task",
            source_image=self.source,
            architecture=sizing.architecture(self.ground).map(str.lower),
            command=self.launch.command,
            args=self.launch.args,
            working_directory=expansion.literal(directory) if directory else None,
            environment=tuple(self._at_start()),
            files=tuple(self.mounts.inside.files),
            listen=tuple(self._listeners()),
        )

    def _run(self) -> Run | None:
        """The deadline of a job, which ECS does not know."""
        job, pod = self.ground.workload.runs.job, self.ground.workload.pod
        given = [d for d in (job.deadline if job else None, pod.active_deadline if job else None) if d is not None]
        if not self.main or not given:
            return None
        shortest = min(given, key=lambda deadline: deadline.value)
        return Run(deadline=shortest.because(*given).approximately("deadline-of-container"), grace_period=pod.grace_period)

    def _at_start(self) -> Iterator[Assignment | Assignments]:
        for whole in self.environment.wholes:
            yield Assignments(whole.reference, whole.prefix)
        for name, value in self.assigned.at_start.items():
            yield Assignment(name, value)

    def _listeners(self) -> Iterator[Listener]:
        timeout = int(tables.limits("defaults")["http_timeout_seconds"])
        for callee in self.callees.values():
            yield Listener(Traced(callee.port), Traced(names.url_parameter(callee.function, rules())), Traced(timeout))

    @property
    def program(self) -> bool:
        """Whether the init is in the image."""
        return self.context is not None and dockerfile.needs_program(self.context)

    @property
    def health_check(self) -> HealthCheck | None:
        return health.check(self.container, awaited=self.beside, program=self.program)

    @property
    def asked(self) -> tuple[Node, ...]:
        """The probe that the health check makes."""
        found = health.asked(self.container, awaited=self.beside, program=self.program)
        return (found.probe.node,) if found else ()

    @property
    def ours(self) -> int:
        """MiB that the init takes for as long as the container runs, and again whenever it asks for a probe: what it becomes needs nothing
        more."""
        limits, found = tables.limits("fargate"), health.asked(self.container, awaited=self.beside, program=self.program)
        stays = int(limits["init_memory_mib"]) if self.context is not None and self.context.stays else 0
        return stays + (int(limits["init_start_memory_mib"]) if found is not None and found.by_init else 0)

    @property
    def repository(self) -> str:
        return image.repository_for(self.key, rules().repository)

    @cached_property
    def image(self) -> Traced[Expr]:
        """The image of the manifest, or the one that is built from it."""
        if self.context is None:
            return Traced(self.source.value, self.source.origins)
        source = self.source.value
        tag = image.tag_for(image.parse(source) if image.is_reference(source) else None, adapters.fingerprint(self.context))
        return Traced(Image(self.repository, tag, self.key), self.source.origins)

    def texts(self, given: tuple[Traced[Expanded], ...] | None) -> Traced[Expr] | None:
        """What the task definition starts instead of the image's own; None where that image is built and starts itself."""
        if given is None or self.context is not None:
            return None
        return Traced(tuple(Traced(text.value.text, text.origins, reason=text.reason) for text in given))
