"""What becomes of each field, as told to a user."""

import pytest

from k2l import explain, fields, tables
from k2l.errors import UserError


def said(name: str) -> str:
    return "\n".join(explain.field(name))


def paths(name: str) -> dict[str, str]:
    return {f.path: f.fate for f in fields.walk(fields.type_named(name))}


def test_a_kind_is_walked_down_to_the_rows_that_settle_its_fields():
    found = paths("Deployment")
    assert found["spec.template.spec.containers[].image"] == "mapped"
    assert found["spec.template.spec.tolerations"] == "not needed"
    assert not any(path.startswith("spec.template.spec.tolerations[") for path in found)


def test_rows_of_single_keys_are_listed():
    assert paths("Deployment")["metadata.annotations[k2l.dev/memory]"] == "mapped"


def test_the_same_type_may_mean_different_things_in_two_places():
    assert "spec.template.spec.containers[].ports" not in paths("Deployment")
    assert paths("CronJob")["spec.jobTemplate.spec.template.spec.containers[].ports"] == "not needed"


def test_a_field_is_explained_with_its_reason_and_source():
    reason = tables.reason("no-hosts-file")
    assert said("PodSpec.hostAliases") == f"PodSpec.hostAliases\ndropped (no-hosts-file)\n  {reason.sentence}\n  {reason.source}"


def test_a_mapped_field_says_what_it_becomes_and_what_holds_otherwise():
    assert "becomes Function.reserved_concurrency" in said("Deployment.spec.replicas")
    assert "where nothing of the kind follows from it: not needed" in said("Deployment.spec.replicas")


def test_a_place_in_a_list_is_found_with_or_without_an_index():
    assert said("Deployment.spec.template.spec.containers[0].image").endswith(said("Container.image").partition("\n")[2])
    assert said("Deployment.spec.template.spec.containers[].image").endswith(said("Container.image").partition("\n")[2])


def test_a_key_with_dots_is_written_in_brackets():
    assert "not needed" in said("Deployment.metadata.annotations[argocd.argoproj.io/sync-wave]")


def test_an_object_is_explained_field_by_field():
    named = [line.split()[0] for line in said("Deployment").splitlines() if line.startswith("spec.strategy")]
    assert [line.split()[0] for line in said("Deployment.spec.strategy").splitlines()] == named
    assert len(named) > 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Deploymint.spec", "did you mean Deployment?"),
        ("Deployment.spec.replica", "has no field 'replica' in DeploymentSpec; did you mean replicas?"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest_one(name, message):
    with pytest.raises(UserError) as raised:
        said(name)
    assert message in raised.value.message


def test_versions_of_a_kind_can_be_told_apart():
    one, two = (paths(f"autoscaling/{version} HorizontalPodAutoscaler") for version in ("v1", "v2"))
    assert "spec.targetCPUUtilizationPercentage" in one
    assert "spec.targetCPUUtilizationPercentage" not in two
