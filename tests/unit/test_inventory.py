"""How types get their names from the models of several versions."""

from __future__ import annotations

import json

from k2l.dev.inventory import KINDS, Naming, render
from k2l.dev.models import bare, version
from k2l.dev.tables import MAPPINGS


def names(**models):
    return Naming(models).names


def test_a_model_loses_its_version():
    assert [bare(model) for model in ("V1Container", "V2beta1MetricSpec", "RbacV1Subject")] == ["Container", "MetricSpec", "Subject"]
    assert version("V2beta1MetricSpec") == "2beta1"


def test_an_older_version_that_says_no_more_shares_the_newer_ones_type():
    assert names(V1Rule={"a": "str"}, V2Rule={"a": "str", "b": "int"}) == {"V1Rule": "Rule", "V2Rule": "Rule"}


def test_an_older_version_that_says_something_else_has_a_type_of_its_own():
    assert names(V1Rule={"old": "str"}, V2Rule={"a": "str"}) == {"V1Rule": "RuleV1", "V2Rule": "Rule"}


def test_a_type_made_of_another_types_older_form_is_older_itself():
    models = {"V1Spec": {"rule": "list[V1Rule]"}, "V1Rule": {"old": "str"}, "V2Spec": {"rule": "list[V2Rule]"}, "V2Rule": {"a": "str"}}
    assert names(**models) == {"V1Spec": "SpecV1", "V1Rule": "RuleV1", "V2Spec": "Spec", "V2Rule": "Rule"}


def test_a_finished_version_is_newer_than_its_betas():
    assert names(V1beta1Rule={"old": "str"}, V1Rule={"a": "str"}) == {"V1beta1Rule": "RuleV1beta1", "V1Rule": "Rule"}


def test_an_alpha_is_older_than_anything_whatever_its_number():
    models = {"V2alpha1Rule": {"old": "str"}, "V1beta1Rule": {"a": "str"}, "V1Rule": {"a": "str", "b": "int"}}
    assert names(**models) == {"V2alpha1Rule": "RuleV2alpha1", "V1beta1Rule": "Rule", "V1Rule": "Rule"}


def test_a_kind_that_two_groups_had_in_one_version_is_that_of_its_group():
    inventory = json.loads((MAPPINGS / "kubernetes.json").read_text(encoding="utf-8"))
    assert inventory["kinds"]["extensions/v1beta1 Ingress"] == inventory["kinds"]["networking.k8s.io/v1beta1 Ingress"] == "IngressV1beta1"
    assert set(inventory["types"]["IngressBackendV1beta1"]) == {"resource", "serviceName", "servicePort"}
    assert "rollbackTo" in inventory["types"]["DeploymentSpecV1beta1"]


def test_forms_are_written_as_kubernetes_writes_them():
    model = {"limits": "dict(str, str)", "names": "list[str]", "port": "object", "since": "datetime", "status": "V1RuleStatus"}
    forms = Naming({"V1ResourceRequirements": model}).fields("V1ResourceRequirements")
    assert forms == {"limits": "map[string]Quantity", "names": "[]string", "port": "IntOrString", "since": "string", "status": "object"}


def test_the_inventory_has_every_kind_that_its_generator_names():
    inventory = json.loads((MAPPINGS / "kubernetes.json").read_text(encoding="utf-8"))
    assert set(inventory["kinds"]) == {f"{api} {kind}" for api, kinds in KINDS.items() for kind in kinds.split()}


def test_every_type_of_the_inventory_is_described_in_it():
    inventory = json.loads((MAPPINGS / "kubernetes.json").read_text(encoding="utf-8"))
    scalars = {"string", "integer", "number", "boolean", "Quantity", "IntOrString", "object"}
    forms = {form.removeprefix("[]").removeprefix("map[string]") for fields in inventory["types"].values() for form in fields.values()}
    assert forms - scalars <= set(inventory["types"])


def test_one_type_stands_on_one_line():
    text = render({"kubernetes": "1.0", "types": {"B": {"y": "string", "x": "string"}, "A": {}}})
    assert text == '{\n"kubernetes": "1.0",\n"types": {\n"A": {},\n"B": {"x": "string", "y": "string"}\n}\n}\n'
