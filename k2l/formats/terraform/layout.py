"""Which file holds what: a root for the registry, because images are pushed before functions are made, and the main root, with one file for
each home of resources. Nothing is declared that nothing refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from k2l import tables
from k2l.aws.build_context import BuildContext
from k2l.aws.configuration import Parameter
from k2l.aws.elb import Listener
from k2l.aws.expr import Expr, Var
from k2l.aws.function import Function
from k2l.aws.http_api import Domain
from k2l.aws.inputs import Variable
from k2l.aws.registry import Repository
from k2l.aws.resource import Resource
from k2l.formats import Format
from k2l.formats.terraform import variables
from k2l.formats.terraform.hcl import render
from k2l.formats.terraform.names import address, spelling
from k2l.formats.terraform.outputs import outputs
from k2l.formats.terraform.references import references
from k2l.formats.terraform.resources import blocks
from k2l.formats.terraform.shape import Context
from k2l.formats.terraform.syntax import Attribute, Block, Call, Entry, For, Item, Object, Template, Tuple, ref
from k2l.formats.terraform.values import PSEUDO
from k2l.formats.terraform.variables import Known
from k2l.plan import Plan
from k2l.source import Node
from k2l.traced import Traced

SUFFIX = ".tf"
REGISTRY = "registry/"
# Names of our own files, and override.tf, which Terraform would merge into the others.
_TAKEN = frozenset({"versions", "variables", "locals", "outputs", "override"})
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def emit(plan: Plan) -> dict[str, str]:
    """Both roots of a plan."""
    return write(plan.resources, plan.ids)


def write(resources: Sequence[Resource], ids: Mapping[Node, str] | None = None) -> dict[str, str]:
    """Both roots. ``ids`` are the record's names of objects by their root node."""
    planned = [r for r in resources if not isinstance(r, BuildContext)]
    context = Context(ids or {}, frozenset((type(r).__name__, r.key) for r in planned))
    registry = [r for r in planned if isinstance(r, Repository)]
    main = [r for r in planned if not isinstance(r, Repository)]
    return {**_root(main, context), **{f"{REGISTRY}{name}": text for name, text in _root(registry, context).items()}}


def _root(resources: Sequence[Resource], context: Context) -> dict[str, str]:
    """The files of one root; none when there is nothing to make."""
    made = [r for r in resources if not isinstance(r, Variable)]
    if not made:
        return {}
    bodies: dict[str, list[Item]] = {}
    for resource in made:
        bodies.setdefault(file_name(resource.home), []).extend(blocks(resource, context))
    bodies["outputs.tf"] = list(outputs(made))
    bodies["versions.tf"] = list(_versions(made))
    used = {name for items in bodies.values() for name in references(items)}
    bodies["locals.tf"] = list(_locals(used))
    used.update(references(bodies["locals.tf"]))
    given = [r for r in resources if isinstance(r, Variable)]
    known = _known(made)
    bodies["variables.tf"] = [*_standards(used, {v.key for v in given}, known), *(variables.declared(v, context, known) for v in given)]
    _refuse_dangling(used, bodies.values())
    return {name: render(items) for name, items in sorted(bodies.items()) if items}


def file_name(home: str) -> str:
    """A home's file. Ours and Terraform's own names get an underscore, which no Kubernetes name can end with."""
    name = _UNSAFE.sub("_", home).lstrip(".") or "_"
    return f"{name}_{SUFFIX}" if name.lower() in _TAKEN or name.endswith("_override") else f"{name}{SUFFIX}"


def _versions(resources: Iterable[Resource]) -> Iterator[Block]:
    """The provider has to know every type that is there."""
    table = tables.table("terraform")
    least, most = table["provider"].split(", ")
    newer = {since for resource in resources if (since := spelling(type(resource).__name__).since)}
    least = f">= {max(newer, key=lambda since: [int(part) for part in since.split('.')])}" if newer else least
    aws = Object((Entry("source", "hashicorp/aws"), Entry("version", f"{least}, {most}")))
    required = Block("required_providers", (), (Attribute("aws", aws),))
    yield Block("terraform", (), (Attribute("required_version", table["terraform"]), required))
    yield Block("provider", ("aws",), (Attribute("region", ref("var", "region")),))


def _locals(used: set[str]) -> Iterator[Block]:
    """What several resources say alike, and what the account knows of itself."""
    attributes = [attribute for name, attribute in _LOCALS.items() if f"local.{name}" in used]
    everything = used | set(references(attributes))
    for kind in ("aws_caller_identity", "aws_partition", "aws_region"):
        if f"data.{kind}.current" in everything:
            yield Block("data", (kind, "current"))
    if attributes:
        yield Block("locals", (), tuple(attributes))


def _registry() -> Attribute:
    host = Template((PSEUDO["account"], ".dkr.ecr.", PSEUDO["region"], ".", PSEUDO["dns_suffix"]))
    return Attribute("registry", host, ("Lambda takes images from its own account's registry in its own Region",))


def _image_references() -> Attribute:
    named = For(("name", "digest"), ref("var", "image_digests"), Template(("@", ref("digest"))), key=ref("name"))
    return Attribute("image_references", named, ("What follows the name of a function's repository, where a digest is known",))


def _canaries() -> Attribute:
    is_stable = Call("contains", (Call("keys", (ref("var", "stable_versions"),)), ref("name")))
    weights = For(("name", "weight"), ref("var", "canary_weights"), Tuple((ref("weight"),)), key=ref("name"), condition=is_stable)
    return Attribute("canaries", weights, ("The share of the newest version, by function, where a stable one keeps the rest",))


_LOCALS = {attribute.name: attribute for attribute in (_registry(), _image_references(), _canaries())}


def _known(made: Iterable[Resource]) -> Known:
    """Of the resources of one root."""
    functions, hosts, stored = [], [], []
    for resource in made:
        match resource:
            case Function() if resource.capacity is None:
                functions.append(resource.key)
            case Domain():
                hosts.append(str(_plain(resource.host)))
            case Listener():
                hosts += [str(host) for host in _hosts(resource.hosts)]
            case Parameter() if isinstance(value := _plain(resource.value), Var):
                stored.append(value.name)
    return Known(tuple(sorted(functions)), tuple(sorted(set(hosts))), frozenset(stored))


def _hosts(given: Expr) -> tuple[Expr, ...]:
    plain = _plain(given)
    return tuple(_plain(host) for host in plain) if isinstance(plain, tuple) else ()


def _plain(value: Expr) -> Expr:
    return _plain(value.value) if isinstance(value, Traced) else value


def _standards(used: Iterable[str], given: set[str], known: Known) -> Iterator[Block]:
    wanted = {name.removeprefix("var.") for name in used if name.startswith("var.")} - given
    for name in sorted(wanted, key=lambda name: (name != "region", name)):
        yield variables.standard(name, known)


def _refuse_dangling(used: set[str], bodies: Iterable[Sequence[Item]]) -> None:
    """Raises LookupError when something refers to a resource that is not in this root."""
    there = {".".join(item.labels) for items in bodies for item in items if isinstance(item, Block)}
    missing = sorted(name for name in used if name.startswith(("aws_", "terraform_data.")) and name not in there)
    if missing:
        raise LookupError(f"the configuration refers to what it does not have: {', '.join(missing)}")


FORMAT = Format("terraform", emit, lambda _: address)
