"""Every leaf of the input stands in the ledger once, with what became of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from harness import events
from harness.programs import ROOT
from harness.stages import Staged, bundle, each, files, nodes
from k2l.plan import Disposition

# Together, so that the corpus is taken through the stages once.
pytestmark = pytest.mark.xdist_group("corpus-stages")

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{containerPort: 8080}]
          envFrom: [{configMapRef: {name: colours}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
"""
AGENT = WEB.replace("web", "agent").replace("containers:", "hostNetwork: true\n      containers:")
COLOURS = """
apiVersion: v1
kind: ConfigMap
metadata: {name: colours}
data: {SKY: blue}
---
"""


def with_env(variables: str) -> str:
    """The Deployment with these variables and no others."""
    return WEB.replace("envFrom: [{configMapRef: {name: colours}}]", f"env: [{variables}]")


@pytest.fixture(scope="module")
def runs(corpus: Path) -> dict[Path, Staged]:
    return each(corpus)


def test_every_leaf_that_another_reader_finds_has_one_entry(runs: dict[Path, Staged]) -> None:
    assert len(runs) > 2000
    for path, run in runs.items():
        found: dict[int, list[events.Steps]] = {}
        for entry in run.ledger.entries:
            found.setdefault(id(entry.manifest), []).append(entry.node.steps())
        expected = [sorted(leaves, key=str) for leaves in events.objects(path.read_text())]
        assert [sorted(leaves, key=str) for leaves in found.values()] == expected, path


def test_the_dispositions_of_every_file_add_up_to_its_leaves(runs: dict[Path, Staged]) -> None:
    for path, run in runs.items():
        counts = run.ledger.counts
        assert sum(counts[str(d).replace("-", "_")] for d in Disposition) == counts["leaves"] == len(run.ledger.entries), path


def test_what_is_unhandled_has_a_wrong_type_or_a_name_that_kubernetes_lacks(runs: dict[Path, Staged]) -> None:
    for run in runs.values():
        refused = {f.at for f in run.findings if f.code in ("K2L001", "K2L006")}
        unhandled = [e.node for e in run.ledger.entries if e.disposition is Disposition.UNHANDLED]
        assert [node for node in unhandled if refused.isdisjoint(_upwards(node))] == []


def _upwards(node):
    while node is not None:
        yield node
        node = node.parent


SHOP = ROOT / "examples/shop/manifests"
LISTED = """
import json, sys
from pathlib import Path
sys.path[:0] = ["tests", "."]
from harness.stages import bundle
found = bundle({path.name: path.read_text() for path in map(Path, sys.argv[1:])})
print(json.dumps([[e.manifest.id, e.node.path(), e.disposition, e.reason, e.to] for e in found.ledger.entries]))
"""


def listed(seed: str, *paths: Path) -> list[object]:
    """The ledger as another process makes it."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", LISTED, *map(str, paths)], cwd=ROOT, env=environment, capture_output=True, check=True)
    found: list[object] = json.loads(done.stdout)
    return found


def test_the_ledger_is_the_same_under_another_hash_seed() -> None:
    paths = tuple(files(SHOP))
    assert listed("1", *paths) == listed("2", *paths)


def test_the_ledger_says_the_same_of_every_leaf_in_another_order_of_files() -> None:
    texts = {path.name: path.read_text() for path in files(SHOP)}
    there, back = bundle(texts), bundle(dict(reversed(texts.items())))
    assert {said(e) for e in there.ledger.entries} == {said(e) for e in back.ledger.entries}


def said(entry):
    return entry.manifest.id, entry.node.path(), entry.disposition, entry.reason, frozenset(entry.to)


def test_a_value_that_reaches_an_attribute_is_mapped_to_it() -> None:
    entry = bundle(WEB + COLOURS).entry("data.SKY")
    assert entry.disposition is Disposition.MAPPED
    assert set(entry.to) == {'Function(web).environment["SKY"]', "Parameter(/default/colours/SKY).value"}


def test_what_goes_elsewhere_is_kept_with_all_that_belongs_to_it() -> None:
    found = bundle(AGENT + COLOURS)
    assert found.targets == {"Deployment/default/agent": "kubernetes"}
    assert {(e.manifest.kind, str(e.disposition), e.reason) for e in found.ledger.entries} == {
        ("Deployment", "kept", "placed-elsewhere"),
        ("Service", "kept", "serves-what-stays"),
        ("ConfigMap", "kept", "serves-what-stays"),
    }


def test_what_one_workload_takes_along_and_another_leaves_is_kept() -> None:
    entry = bundle(WEB + AGENT + COLOURS).entry("data.SKY")
    assert [str(o.disposition) for o in entry.outcomes] == ["mapped", "mapped", "kept"]
    assert (entry.disposition, entry.reason) == (Disposition.KEPT, "serves-what-stays")


def test_a_key_that_only_the_other_workload_reads_is_kept_and_the_rest_is_not() -> None:
    reads = with_env("{name: A, valueFrom: {configMapKeyRef: {name: colours, key: SEA}}}")
    keyed = reads.replace("web", "agent").replace("containers:", "hostNetwork: true\n      containers:")
    found = bundle(WEB + keyed + COLOURS.replace("SKY: blue", "SKY: blue, SEA: green"))
    assert found.fate("data.SKY") == ("mapped", None)
    assert found.fate("data.SEA") == ("kept", "serves-what-stays")


def test_an_ingress_to_a_workload_that_stays_is_kept_path_by_path() -> None:
    found = bundle(
        WEB
        + AGENT
        + COLOURS
        + """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
          - {path: /agent, pathType: Prefix, backend: {service: {name: agent, port: {number: 80}}}}
          - {path: /gone, pathType: Prefix, backend: {service: {name: gone, port: {number: 80}}}}
"""
    )
    fates = [found.fate(f"spec.rules[0].http.paths[{number}].path") for number in range(3)]
    assert fates == [("mapped", None), ("kept", "serves-what-stays"), ("kept", "partner-missing")]


def test_a_kind_that_is_not_converted_is_kept() -> None:
    found = bundle("{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: db}, spec: {replicas: 1}}")
    assert found.fate("spec.replicas") == ("kept", "kind-not-converted")


def test_a_service_of_pods_that_are_not_converted_is_kept() -> None:
    database = "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: db}, spec: {template: {metadata: {labels: {app: db}}}}}"
    service = "{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {selector: {app: db}, ports: [{port: 5432}]}}"
    found = bundle(f"{database}\n---\n{service}")
    assert found.fate("spec.ports[0].port") == ("kept", "goes-with-unknown")


def test_configuration_that_a_kind_without_tables_names_is_kept() -> None:
    found = bundle(
        COLOURS + "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: db}, spec: {x: {configMapRef: {name: colours}}}}"
    )
    assert found.fate("data.SKY") == ("kept", "goes-with-unknown")


def test_configuration_that_nothing_reads_is_not_applicable() -> None:
    found = bundle(COLOURS)
    assert {(str(e.disposition), e.reason) for e in found.ledger.entries} == {("not-applicable", "nothing-reads-it")}
    assert "K2L005" in found.codes


def test_what_leads_to_something_that_is_not_there_is_kept() -> None:
    found = bundle("{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {selector: {app: db}, ports: [{port: 5432}]}}")
    assert found.fate("spec.ports[0].port") == ("kept", "partner-missing")


def test_an_object_without_what_kubernetes_requires_is_kept() -> None:
    found = bundle("{apiVersion: batch/v1, kind: CronJob, metadata: {name: night}, spec: {schedule: '@daily'}}")
    assert found.fate("spec.schedule") == ("kept", "incomplete")


def test_a_service_that_only_stands_for_a_name_is_converted_where_it_is_called() -> None:
    service = "{apiVersion: v1, kind: Service, metadata: {name: mail}, spec: {type: ExternalName, externalName: smtp.example.net}}"
    found = bundle(with_env("{name: MAIL_URL, value: 'http://mail:25'}") + service)
    assert found.entry("spec.externalName").to == ('Function(web).environment["MAIL_URL"]',)


def test_what_a_later_object_of_the_same_name_replaces_is_not_applicable() -> None:
    found = bundle(WEB + COLOURS + COLOURS.replace("blue", "grey"))
    fates = [(str(e.node.value), str(e.disposition), e.reason) for e in found.ledger.entries if e.node.path() == "data.SKY"]
    assert fates == [("blue", "not-applicable", "defined-again-later"), ("grey", "mapped", None)]


def test_several_outcomes_count_as_the_worst() -> None:
    refused = with_env("{name: AWS_REGION, valueFrom: {configMapKeyRef: {name: colours, key: SKY}}}").replace("web", "other")
    entry = bundle(WEB + refused + COLOURS).entry("data.SKY")
    assert {str(o.disposition) for o in entry.outcomes} == {"mapped", "dropped"}
    assert (entry.disposition, entry.reason) == (Disposition.DROPPED, "reserved-name")


def test_the_order_of_dispositions_is_from_worst_to_best() -> None:
    assert [str(d) for d in Disposition] == ["unhandled", "dropped", "approximated", "kept", "mapped", "not-applicable"]


def test_sensitive_are_the_values_of_secrets_their_copies_and_literals_that_look_like_credentials() -> None:
    found = bundle(
        """
apiVersion: v1
kind: Secret
metadata:
  name: db
  annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
data: {password: aHVudGVyMg==}
stringData: {url: "postgres://u:p@db/shop"}
---
"""
        + with_env("{name: API_TOKEN, value: 9f86d081884c7d659a2f}, {name: A, value: b}")
    )
    assert [e.node.path() for e in found.ledger.entries if e.sensitive] == [
        "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]",
        "data.password",
        "stringData.url",
        "spec.template.spec.containers[0].env[0].value",
    ]
    assert found.ledger.counts["sensitive"] == 4


def test_the_counts_are_those_of_the_entries() -> None:
    found = bundle(WEB + AGENT + COLOURS)
    counted = Counter(str(e.disposition).replace("-", "_") for e in found.ledger.entries)
    assert {name: number for name, number in found.ledger.counts.items() if name in counted} == counted
    assert len(nodes(WEB + AGENT + COLOURS)) == found.ledger.counts["objects"]
