"""What comes along when a cluster is exported, and what is no whole object: it becomes no second function, and it is said."""

from __future__ import annotations

from harness.stages import bundle

POD = 'spec: {containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]}'
DEPLOYMENT = f"""
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, uid: 1, resourceVersion: "7", creationTimestamp: "2026-01-01T00:00:00Z", managedFields: [{{manager: kubectl}}]}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    {POD}
status: {{replicas: 3, conditions: [{{type: Available}}]}}
"""
SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""


def owned(kind: str, name: str, owner: str, api: str = "apps/v1", version: str = "v1", extra: str = "controller: true") -> str:
    by, _, called = owner.partition("/")
    template = "" if kind == "Pod" else "selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, "
    spec = POD if kind == "Pod" else f"spec: {{{template}{POD}}}}}"
    return f"""
---
apiVersion: {version}
kind: {kind}
metadata: {{name: {name}, labels: {{app: web}}, ownerReferences: [{{apiVersion: {api}, kind: {by}, name: {called}, {extra}}}]}}
{spec}
"""


REPLICA_SET = owned("ReplicaSet", "web-1", "Deployment/web", version="apps/v1")
CHILD = owned("Pod", "web-1-x", "ReplicaSet/web-1")


def test_what_the_cluster_wrote_into_an_exported_object_decides_nothing():
    found = bundle(DEPLOYMENT + SERVICE)
    for path in ("metadata.resourceVersion", "metadata.creationTimestamp", "metadata.managedFields[0].manager", "status.replicas"):
        assert found.fate(path, "Deployment/default/web") == ("not-applicable", "exported-state")


def test_children_of_a_deployment_become_no_functions_of_their_own():
    found = bundle(DEPLOYMENT + REPLICA_SET + CHILD + SERVICE)
    assert found.targets == {"Deployment/default/web": "lambda"}
    for child in ("ReplicaSet/default/web-1", "Pod/default/web-1-x"):
        entries = [e for e in found.ledger.entries if e.manifest.id == child]
        assert {(str(e.disposition), e.reason) for e in entries} == {("not-applicable", "made-by-controller")}
        assert [f.code for f in found.findings if f.object == child] == ["K2L015"]


def test_children_without_their_owner_become_nothing_and_ask_for_it():
    found = bundle(CHILD + SERVICE)
    assert found.targets == {}
    assert found.fate("spec.containers[0].image") == ("not-applicable", "owner-missing")
    (said,) = (f for f in found.findings if f.code == "K2L015")
    assert said.problem.help == "give k2l the ReplicaSet, or what it came from"


def test_the_last_owner_of_a_chain_is_the_one_that_counts():
    found = bundle(REPLICA_SET + CHILD)
    assert found.fate("spec.containers[0].image", "Pod/default/web-1-x") == ("not-applicable", "owner-missing")


def test_a_service_of_pods_whose_owner_is_missing_selects_somebody():
    found = bundle(CHILD + SERVICE)
    assert "K2L003" not in found.codes
    assert found.fate("spec.selector.app", "Service/default/web") == ("kept", "goes-with-unknown")


def test_a_run_of_a_cron_job_is_no_job_of_its_own():
    cron = f"""
apiVersion: batch/v1
kind: CronJob
metadata: {{name: night}}
spec: {{schedule: 0 3 * * *, jobTemplate: {{spec: {{template: {{{POD}}}}}}}}}
"""
    run = owned("Job", "night-123", "CronJob/night", api="batch/v1", version="batch/v1")
    assert bundle(cron + run).targets == {"CronJob/default/night": "lambda"}


def test_what_an_operator_made_is_converted_because_nothing_else_can_be():
    found = bundle(owned("ReplicaSet", "web-1", "Rollout/web", api="argoproj.io/v1alpha1", version="apps/v1") + SERVICE)
    assert found.targets == {"ReplicaSet/default/web-1": "lambda"}


def test_a_reference_to_an_owner_that_does_not_control_it_leaves_an_object_as_it_is():
    found = bundle(owned("Pod", "web", "ReplicaSet/web-1", extra="controller: false") + SERVICE)
    assert found.targets == {"Pod/default/web": "lambda"}


PATCH = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 5, template: {spec: {containers: [{name: web, resources: {limits: {memory: 2Gi}}}]}}}
"""


def test_a_patch_is_said_and_kept_and_takes_nothing_from_its_base():
    found = bundle({"base.yaml": DEPLOYMENT + SERVICE, "overlay/patch.yaml": PATCH})
    assert found.targets == {"Deployment/default/web": "lambda"}
    entries = [e for e in found.ledger.entries if e.node.document.file == "overlay/patch.yaml"]
    assert {(str(e.disposition), e.reason) for e in entries} == {("kept", "patch")}
    assert [f.code for f in found.findings if f.at.document.file == "overlay/patch.yaml"] == ["K2L016"]
    assert found.codes.isdisjoint({"K2L004", "K2L008"})


def test_a_patch_gives_itself_away_by_a_directive():
    patch = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: colours}\n$patch: delete\n"
    found = bundle(patch)
    assert found.codes == {"K2L016"}
    assert found.fate("metadata.name") == ("kept", "patch")


def test_a_patch_of_a_schedule_has_no_schedule():
    spec = "spec: {suspend: true, jobTemplate: {spec: {backoffLimit: 1}}}"
    assert bundle(f"apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: night}}\n{spec}\n").codes == {"K2L016"}


def test_a_whole_object_that_only_lacks_its_image_is_no_patch():
    found = bundle(DEPLOYMENT.replace('image: "registry.example/web:1.0", ', "") + SERVICE)
    assert "K2L008" in found.codes
    assert "K2L016" not in found.codes


def test_a_deployment_with_an_image_but_no_selector_is_no_patch():
    found = bundle(DEPLOYMENT.replace("  selector: {matchLabels: {app: web}}\n", "") + SERVICE)
    assert "K2L016" not in found.codes
    assert found.targets == {"Deployment/default/web": "lambda"}
