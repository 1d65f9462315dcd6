"""Which other objects have to do with a workload, and what becomes of them with it."""

from __future__ import annotations

import pytest

from harness.stages import bundle

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, annotations: {{{annotations}}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web, tier: front}}}}
    spec:
      {pod}
      containers: [{{name: web, image: "registry.example/web:1.0", ports: [{{containerPort: 8080}}]}}]
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
"""


def web(*others, pod="restartPolicy: Always", annotations=""):
    return bundle(WEB.format(pod=pod, annotations=annotations) + "\n---\n".join(others))


def near(found):
    return {manifest.id for workload in found.graph.workloads for manifest in workload.neighbours}


CLAIM = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]%s}}"
MOUNTED = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"
CLASS = "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast%s}, provisioner: ebs.csi.aws.com}"
DEFAULT = ', annotations: {storageclass.kubernetes.io/is-default-class: "true"}'


def test_a_claim_leads_to_its_storage_class_and_its_volume():
    volume = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: disk}, spec: {capacity: {storage: 1Gi}, storageClassName: other}}"
    found = web(CLAIM % ", storageClassName: fast, volumeName: disk", CLASS % "", volume, pod=MOUNTED)
    assert near(found) == {"PersistentVolumeClaim/default/data", "StorageClass/-/fast", "PersistentVolume/-/disk"}
    assert found.fate("provisioner") == ("kept", "storage-stays")


def test_a_claim_without_a_class_has_the_default_one():
    assert "StorageClass/-/fast" in near(web(CLAIM % "", CLASS % DEFAULT, pod=MOUNTED))


@pytest.mark.parametrize("written", ['""', "slow"])
def test_a_claim_that_says_its_class_has_no_other(written):
    assert "StorageClass/-/fast" not in near(web(CLAIM % f", storageClassName: {written}", CLASS % "", pod=MOUNTED))


def test_a_volume_that_is_kept_for_a_claim_goes_with_it():
    volume = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: disk}, spec: {claimRef: {name: data, namespace: default}}}"
    assert "PersistentVolume/-/disk" in near(web(CLAIM % "", volume, pod=MOUNTED))


def test_a_claim_that_nothing_mounts_is_said_to_be_unused():
    found = web(CLAIM % "")
    assert found.fate("spec.accessModes[0]") == ("not-applicable", "nothing-reads-it")
    assert "K2L031" in found.codes


def test_a_claim_that_is_not_there_is_a_dangling_reference():
    messages = [f.problem.message for f in web(pod=MOUNTED).findings if f.code == "K2L003"]
    assert messages == ['PersistentVolumeClaim "data" is not there']


BUDGET = "{apiVersion: policy/%s, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 1, selector: %s}}"


@pytest.mark.parametrize(
    ("selector", "about"),
    [
        ("{matchLabels: {app: web}}", True),
        ("{matchLabels: {app: web, tier: back}}", False),
        ("{matchExpressions: [{key: tier, operator: In, values: [front, back]}]}", True),
        ("{matchExpressions: [{key: tier, operator: NotIn, values: [front]}]}", False),
        ("{matchExpressions: [{key: colour, operator: NotIn, values: [red]}]}", True),
        ("{matchExpressions: [{key: tier, operator: Exists}]}", True),
        ("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", False),
    ],
)
def test_a_selector_is_compared_with_the_labels_of_the_template(selector, about):
    found = web(BUDGET % ("v1", selector))
    assert ("PodDisruptionBudget/default/web" in near(found)) is about
    assert found.fate("spec.minAvailable") == ("not-applicable", "no-evictions" if about else "nothing-reads-it")


@pytest.mark.parametrize(("version", "about"), [("v1", True), ("v1beta1", False)])
def test_an_empty_selector_of_a_budget_means_all_pods_since_v1(version, about):
    assert ("PodDisruptionBudget/default/web" in near(web(BUDGET % (version, "{}")))) is about


BINDING = """{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: reads},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}, subjects: [%s]}"""
ROLE = """{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader},
 rules: [{apiGroups: [""], resources: [%s], verbs: [get]}]}"""
ACCOUNT = "{kind: ServiceAccount, name: web}"
AS_WEB = "serviceAccountName: web"


def test_a_role_that_a_workload_has_keeps_it_in_the_cluster():
    found = web(BINDING % ACCOUNT, ROLE % "pods", pod=AS_WEB)
    assert found.targets["Deployment/default/web"] == "kubernetes"
    assert found.fate("rules[0].verbs[0]") == found.fate("roleRef.name") == ("kept", "serves-what-stays")


def test_a_role_of_a_workload_that_moves_by_the_users_word_is_lost_with_a_finding():
    found = web(BINDING % ACCOUNT, ROLE % "pods", pod=AS_WEB, annotations="k2l.dev/target: lambda")
    assert found.fate("rules[0].verbs[0]") == found.fate("subjects[0].name") == ("dropped", "no-cluster-api")
    assert "K2L409" in found.codes


@pytest.mark.parametrize(("pod", "account"), [("automountServiceAccountToken: false", ""), ("", "automountServiceAccountToken: false, ")])
def test_a_pod_without_a_token_makes_no_use_of_a_role(pod, account):
    known = f"{{apiVersion: v1, kind: ServiceAccount, {account}metadata: {{name: web}}}}"
    found = web(BINDING % ACCOUNT, ROLE % "pods", known, pod=f"{AS_WEB}\n      {pod}")
    assert found.targets["Deployment/default/web"] == "lambda"
    assert "K2L409" not in found.codes


def test_a_pods_word_on_its_token_wins_over_its_accounts():
    account = "{apiVersion: v1, kind: ServiceAccount, automountServiceAccountToken: false, metadata: {name: web}}"
    found = web(BINDING % ACCOUNT, ROLE % "pods", account, pod=f"{AS_WEB}\n      automountServiceAccountToken: true")
    assert found.targets["Deployment/default/web"] == "kubernetes"


def test_a_permission_to_run_is_no_use_of_the_api():
    assert web(BINDING % ACCOUNT, ROLE % "podsecuritypolicies", pod=AS_WEB).targets["Deployment/default/web"] == "lambda"


def test_what_gives_people_access_to_the_cluster_stays_there_with_its_role():
    found = web(BINDING % "{kind: Group, name: developers}", ROLE % "pods")
    assert found.fate("rules[0].verbs[0]") == found.fate("subjects[0].name") == ("kept", "serves-cluster")


def test_a_binding_without_its_role_is_a_dangling_reference():
    found = web(BINDING % ACCOUNT)
    assert found.fate("roleRef.name") == ("kept", "partner-missing")
    messages = [f.problem.message for f in found.findings if f.code == "K2L003"]
    assert messages == ['RoleBinding "reads" names Role "reader", which is not there']


def test_an_account_of_another_namespace_is_another_account():
    found = web(BINDING % "{kind: ServiceAccount, name: web, namespace: shop}", ROLE % "pods", pod=AS_WEB)
    assert found.targets["Deployment/default/web"] == "lambda"


def test_a_quota_is_about_every_workload_of_its_namespace_and_counts_no_objects():
    quota = "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: 4, services: 5}}}"
    found = web(quota)
    assert found.fate("spec.hard.pods", "ResourceQuota/default/q") == ("dropped", "account-shared")
    assert found.fate("spec.hard.services", "ResourceQuota/default/q") == ("not-applicable", "objects-not-counted")


def test_a_quota_of_another_namespace_is_unused():
    quota = "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: shop}, spec: {hard: {pods: 5}}}"
    assert web(quota).fate("spec.hard.pods") == ("not-applicable", "nothing-reads-it")


PRIORITY = "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000, globalDefault: %s}"


@pytest.mark.parametrize(
    ("pod", "default", "about"),
    [("priorityClassName: high", "false", True), ("priority: 1", "true", True), ("priority: 1", "false", False)],
)
def test_a_priority_class_is_that_of_pods_that_name_it_or_name_none(pod, default, about):
    assert ("PriorityClass/-/high" in near(web(PRIORITY % default, pod=pod))) is about


def test_definitions_and_webhooks_stay_with_the_cluster():
    definition = "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: g}, spec: {group: example.com}}"
    assert web(definition).fate("spec.group") == ("kept", "serves-cluster")


POLICY = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}, %s}}"


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ("policyTypes: [Egress]", {"K2L232"}),
        ("policyTypes: [Ingress]", {"K2L233"}),
        ("ingress: [{from: [{podSelector: {}}]}]", {"K2L233"}),
        ("egress: [{to: [{podSelector: {}}]}]", {"K2L232", "K2L233"}),
        ("policyTypes: [Egress], egress: [{}]", set()),
        ("policyTypes: [Ingress], ingress: [{}]", set()),
    ],
)
def test_a_network_policy_is_lost_in_the_directions_that_it_restricts(rules, found):
    public = "{apiVersion: v1, kind: Service, metadata: {name: p}, spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 8080}]}}"
    assert web(POLICY % rules, public).codes & {"K2L232", "K2L233"} == found


def test_what_a_network_policy_says_of_peers_is_dropped_by_direction():
    rules = "ingress: [{from: [{namespaceSelector: {}}]}], egress: [{ports: [{port: 53}]}]"
    found = web(POLICY % rules)
    assert found.fate("spec.ingress[0].from[0].namespaceSelector") == ("dropped", "callers-by-role")
    assert found.fate("spec.egress[0].ports[0].port") == ("dropped", "egress-open")
    assert found.fate("spec.podSelector") == ("mapped", None)


def test_a_workload_that_a_webhook_leads_to_stays_beside_the_api_server():
    hook = """{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: h},
 webhooks: [{name: h.example.com, clientConfig: {service: {name: web, namespace: default}}}]}"""
    assert web(hook).targets["Deployment/default/web"] == "kubernetes"
