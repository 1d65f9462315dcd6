"""k2l in one screen.

::

    paths -load-> Node* -read-> Manifest* -relate-> Graph of Workloads -check-> Finding*
          -place-> Placement* -design-> Plan -check-> Finding* -reconcile-> Ledger -write-> {path: text}

Each stage is a pure function in the module named after what it returns; what goes in and out is frozen. YAML becomes a tree of located
nodes first (``source``), typed pieces are read from it by cursors (``manifest``, ``kinds``), and every value keeps the places it came
from (``traced``). A kind only states facts about its own object; ``graph`` joins them as Kubernetes does. ``rules`` look at workloads;
those that block a target are the placement policy, there is no other (``placement``). A target's concerns turn each workload into AWS
resources (``targets``, ``aws``) without a thought of the output format; what an attribute carries is thereby mapped, what none carries
is settled by the field tables, and the rest is unhandled (``ledger``). A format only spells (``formats``).

Folders are catalogues: a new kind, rule, target, concern or format is a new file, and no list is edited (``registry``).

Where this differs from the design it started from: the read stage is ``manifests`` (the module of the plural it returns); joining is by
facts that kinds yield rather than by code of the graph for each kind, so that a new kind needs no edit there, and each question that is
answered by looking at several objects has a module of its own (``joins``); ``environment`` resolves a container's variables before any
target sees them, because Fargate needs the same answer; what became of each object as a whole (``homes``) is worked out apart from its
leaves; and the image contract is a planned resource like any other (``aws.build_context``), so that the ledger sees what reaches it. A
target that varies another one is built onto it, and of a target no more is imported than its name before something is placed there
(``plan.Builder``). Values are msgspec structs, which are as frozen as dataclasses and built several times faster. An HTTP API has two
routes for a Prefix, ``/foo`` and ``/foo/{proxy+}``, because AWS refuses one that ends with a slash. What only the inside of a network
reached (an internal load balancer or Ingress) gets no public API before somebody decides so. Writing needs the plan alone, so that a large
one may be written beside its ledger (``aside``). Linting goes through all stages but the last, into no format (``formats.NONE``): what
nothing reads and what nobody knows shows only in the ledger. What somebody accepted (``suppression``) is taken out of what is reported
after the rules, and never before placement.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from k2l import findings, graph, ledger, manifests, placement, plan, suppression
from k2l.aside import Files, aside
from k2l.finding import Finding
from k2l.formats import Format
from k2l.graph import Graph
from k2l.ledger import Ledger
from k2l.manifest.manifest import Manifest
from k2l.plan import Plan
from k2l.settings import Settings
from k2l.source import Node
from k2l.sources import Input
from k2l.suppression import Suppressed

MANY = 1000
"""Resources from which on a process of its own is worth its start."""


class Bundle(Struct, frozen=True):
    """Everything known about one input, after the last stage before writing."""

    inputs: tuple[Input, ...]
    manifests: tuple[Manifest, ...]
    overridden: tuple[tuple[Manifest, Manifest], ...]
    graph: Graph
    findings: tuple[Finding, ...]
    plan: Plan
    ledger: Ledger
    settings: Settings
    writing: Callable[[], Files]
    suppressed: tuple[Suppressed, ...] = ()


def translate(
    inputs: tuple[Input, ...],
    nodes: tuple[Node, ...],
    settings: Settings,
    output: Format,
    namespace: str = "default",
    *,
    ahead: bool = False,
) -> Bundle:
    """All stages but the last. ``output`` only names attributes in the ledger; nothing else depends on it.

    ``ahead``: the last one will be wanted as well, so that of a large plan it may begin beside the others, which it does not need."""
    given = manifests.read(nodes, namespace)
    objects, overridden = manifests.last_of_each(given)
    everything = manifests.by_file(given)
    joined = graph.build(objects, manifests.facts(objects))
    settings.check(joined.workloads)
    found = findings.check(joined, settings)
    placements = placement.place(joined, found, settings)
    planned = plan.design(joined, placements, settings)
    writing = aside(partial(output.write, planned), worth=ahead and len(planned.resources) > MANY)
    accounts = ledger.reconcile(everything, overridden, joined, planned, output.addresses(planned))
    said = findings.ordered(found, findings.check_plan(planned, settings), findings.check_ledger(accounts, overridden))
    said = findings.ordered(said, findings.check_losses(accounts, said, placements))
    parted = suppression.apply(said, everything, settings.ignores)
    shown = findings.relevant((*parted.findings, *findings.check_suppressions(parted.suppressions)), placements)
    hidden = findings.relevant([each.finding for each in parted.suppressed], placements) if parted.suppressed else ()
    suppressed = tuple(each for each in parted.suppressed if each.finding in hidden)
    return Bundle(inputs, everything, overridden, joined, shown, planned, accounts, settings, writing, suppressed)


def write(bundle: Bundle) -> Files:
    """The files of the output folder, except the record and the README, by their path below it."""
    return bundle.writing()
