"""What a container's variables become: as Kubernetes would resolve them, and as Lambda can hold them."""

from __future__ import annotations

import json

import pytest

from harness.stages import bundle
from k2l import contract
from k2l.aws.configuration import Parameter, Secret
from k2l.aws.expr import Join, Ref, Var
from k2l.aws.inputs import Variable
from k2l.traced import Traced

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: shop, annotations: {{{annotations}}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      serviceAccountName: till
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{{containerPort: 8080}}]
          resources: {{limits: {{memory: 1Gi}}}}
          args: [{args}]
          envFrom: [{sources}]
          env: [{env}]
---
apiVersion: v1
kind: Service
metadata: {{name: web, namespace: shop}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
"""
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: colours, namespace: shop}\ndata:\n  "
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {password: s3cr3t, user: shop}\n---\n"
COLOURS = "configMapRef: {name: colours}"


def web(env="", sources="", args="", annotations=""):
    return WEB.format(env=env, sources=sources, args=args, annotations=annotations)


def colours(*entries):
    return CONFIG + "\n  ".join(entries) + "\n---\n"


def key(name, source, entry, kind="configMap", more=""):
    return f"{{name: {name}, valueFrom: {{{kind}KeyRef: {{name: {source}, key: {entry}{more}}}}}}}"


def shown(value):
    """``<name>`` for what is only known later."""
    match value:
        case Traced():
            return shown(value.value)
        case Join():
            return "".join(map(shown, value.parts))
        case Ref():
            return f"<{value.key}>"
        case Var():
            return f"<{value.name}>"
        case _:
            return value


def environment(found):
    return {name: shown(value) for name, value in found.function.environment.items()}


def at_start(found):
    return [{k: v for k, v in entry.items() if v != ""} for entry in json.loads(contract.to_json(found.image))["environment"]]


def test_a_literal_stands_in_the_environment():
    assert environment(bundle(web("{name: COLOUR, value: red}"))) == {"COLOUR": "red"}


def test_a_variable_without_value_is_empty():
    assert environment(bundle(web("{name: COLOUR}"))) == {"COLOUR": ""}


def test_the_later_definition_of_a_name_wins_and_the_first_is_told_to_be_overridden():
    found = bundle(web("{name: COLOUR, value: red}, {name: COLOUR, value: blue}"))
    assert environment(found) == {"COLOUR": "blue"}
    assert found.fate("spec.template.spec.containers[0].env[0].value") == ("not-applicable", "overridden-later")


def test_env_wins_over_env_from_and_the_later_source_over_the_earlier():
    other = colours("SKY: grey", "SEA: green").replace("colours", "more")
    found = bundle(
        web("{name: SKY, value: black}", f"{{{COLOURS}}}, {{configMapRef: {{name: more}}}}") + colours("SEA: blue", "SKY: red") + other
    )
    assert environment(found) == {"SEA": "</shop/more/SEA>", "SKY": "black"}
    assert found.fate("data.SEA", "ConfigMap/shop/colours") == ("not-applicable", "overridden-later")


def test_a_prefix_stands_before_every_key():
    found = bundle(web(sources=f"{{prefix: MY_, {COLOURS}}}") + colours("SKY: blue"))
    assert environment(found) == {"MY_SKY": "</shop/colours/SKY>"}


def test_a_value_of_a_configmap_is_one_parameter_whoever_reads_it():
    found = bundle(web(key("A_1", "colours", "SKY") + "," + key("B_1", "colours", "SKY")) + colours("SKY: blue"))
    assert environment(found) == {"A_1": "</shop/colours/SKY>", "B_1": "</shop/colours/SKY>"}
    assert [(p.key, shown(p.value)) for p in found.plan.of(Parameter) if "colours" in p.key] == [("/shop/colours/SKY", "blue")]


@pytest.mark.parametrize("value", ['""', "'{{ user }}'"])
def test_a_value_that_parameters_cannot_hold_stands_in_the_environment_itself(value):
    found = bundle(web(key("MOTTO", "colours", "SKY")) + colours(f"SKY: {value}"))
    assert environment(found) == {"MOTTO": value.strip("'\"")}


def test_a_field_of_the_pod_is_known_where_the_manifest_says_it():
    fields = {"NS": "metadata.namespace", "WHO": "spec.serviceAccountName", "APP": "\"metadata.labels['app']\""}
    env = ", ".join(f"{{name: {name}, valueFrom: {{fieldRef: {{fieldPath: {path}}}}}}}" for name, path in fields.items())
    assert environment(bundle(web(env))) == {"NS": "shop", "WHO": "till", "APP": "web"}


def test_a_size_is_given_in_units_of_its_divisor_rounded_up():
    env = "{name: MB, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1M}}}"
    assert environment(bundle(web(env))) == {"MB": "1074"}


def test_a_field_that_only_a_running_pod_has_is_dropped_with_the_reason():
    found = bundle(web("{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}"))
    assert environment(found) == {}
    assert found.fate("spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath") == ("dropped", "no-pod")


def test_an_expression_takes_variables_that_stand_before_it():
    env = "{name: SKY, value: blue}, {name: A_1, value: $(SKY) $(SEA) $$(SKY)}, {name: SEA, value: green}"
    assert environment(bundle(web(env)))["A_1"] == "blue $(SEA) $(SKY)"


def test_an_expression_takes_every_variable_of_env_from():
    found = bundle(web("{name: A_1, value: $(SKY)}", f"{{{COLOURS}}}") + colours("SKY: blue"))
    assert environment(found)["A_1"] == "blue"
    assert 'Function(shop-web).environment["A_1"]' in found.entry("data.SKY").to


def test_a_secrets_value_is_read_at_start_and_its_secret_is_made_empty():
    found = bundle(web(key("PASSWORD", "db", "password", "secret")) + SECRET)
    assert environment(found) == {}
    assert at_start(found) == [{"name": "PASSWORD", "from": "secretsmanager:shop/db#password"}]
    assert [secret.key for secret in found.plan.of(Secret)] == ["shop/db"]


def test_what_is_made_of_a_secret_is_put_together_at_start():
    env = key("PASSWORD", "db", "password", "secret") + ", {name: DSN, value: user=shop password=$(PASSWORD)}"
    parts = ["user=shop password=", {"from": "secretsmanager:shop/db#password"}]
    assert {"name": "DSN", "parts": parts} in at_start(bundle(web(env) + SECRET))


def test_a_whole_secret_that_is_there_gives_a_variable_for_each_key():
    found = bundle(web(sources="{prefix: DB_, secretRef: {name: db}}") + SECRET)
    assert {entry["name"]: entry["from"] for entry in at_start(found)} == {
        "DB_password": "secretsmanager:shop/db#password",
        "DB_user": "secretsmanager:shop/db#user",
    }


def test_a_whole_secret_that_is_kept_elsewhere_is_read_whole():
    found = bundle(web(sources="{prefix: DB_, secretRef: {name: gone, optional: true}}"))
    assert at_start(found) == [{"prefix": "DB_", "from": "secretsmanager:shop/gone?optional"}]
    assert [secret.key for secret in found.plan.of(Secret)] == ["shop/gone"]


def test_a_value_of_a_configmap_that_is_missing_is_an_input_without_default():
    found = bundle(web(key("SKY", "gone", "sky")))
    assert environment(found) == {"SKY": "<config_shop_gone_sky>"}
    asked = found.one(Variable, "config_shop_gone_sky")
    assert (asked.required, asked.default) == (True, None)
    assert found.fate("spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.key") == ("approximated", "configuration-missing")


def test_inputs_for_different_values_have_different_names():
    env = [key("A_1", "a", "b_c"), key("A_2", "a", "b-c"), key("A_3", "a", "b.c"), key("A_4", "a-b", "c"), key("A_5", "a", "B_C")]
    assert len({shown(value) for value in bundle(web(", ".join(env))).function.environment.values()}) == 5


def test_a_whole_configmap_that_is_missing_is_read_at_its_path():
    found = bundle(web(sources="{prefix: MY_, configMapRef: {name: gone}}"))
    assert at_start(found) == [{"prefix": "MY_", "from": "ssm:/shop/gone/"}]
    assert found.fate("spec.template.spec.containers[0].envFrom[0].configMapRef.name") == ("approximated", "read-at-path")


def test_what_is_optional_and_absent_is_left_out():
    env = key("SKY", "gone", "sky", more=", optional: true") + "," + key("SEA", "colours", "sea", more=", optional: true")
    found = bundle(web(env, "{configMapRef: {name: gone, optional: true}}") + colours("SKY: blue"))
    assert (environment(found), at_start(found)) == ({}, [])
    for path in ("env[0].valueFrom.configMapKeyRef.key", "env[1].valueFrom.configMapKeyRef.key", "envFrom[0].configMapRef.name"):
        assert found.fate(f"spec.template.spec.containers[0].{path}") == ("not-applicable", "optional-and-absent")


def test_an_argument_that_takes_a_missing_value_is_put_together_at_start():
    found = bundle(web(key("SKY", "gone", "sky"), args='"--sky=$(SKY)"'))
    assert json.loads(contract.to_json(found.image))["args"] == [{"parts": ["--sky=", {"variable": "SKY"}]}]


@pytest.mark.parametrize("name", ["my.colour", "my-colour", "_COLOUR", "C"])
def test_a_name_that_lambda_refuses_is_set_by_the_init(name):
    found = bundle(web(f"{{name: {name}, value: red}}"))
    assert environment(found) == {}
    assert at_start(found) == [{"name": name, "value": "red"}]


def test_a_parameter_under_a_name_that_lambda_refuses_is_read_by_the_init():
    found = bundle(web(sources=f"{{{COLOURS}}}") + colours("sky.colour: blue"))
    assert at_start(found) == [{"name": "sky.colour", "from": "ssm:/shop/colours/sky.colour"}]


@pytest.mark.parametrize("name", ["AWS_REGION", "_HANDLER", "LAMBDA_TASK_ROOT"])
def test_a_name_that_lambda_reserves_is_dropped_with_the_reason(name):
    found = bundle(web(f"{{name: {name}, value: x}}"))
    assert (environment(found), at_start(found)) == ({}, [])
    assert found.fate("spec.template.spec.containers[0].env[0].value") == ("dropped", "reserved-name")


def test_over_4_kb_the_largest_values_of_configmaps_move_out_first():
    long = [f"{name}: {'x' * size}" for name, size in (("LARGE", 2000), ("SMALL", 500), ("LARGEST", 2500))]
    found = bundle(web("{name: LITERAL, value: " + "y" * 1500 + "}", f"{{{COLOURS}}}") + colours(*long))
    assert set(environment(found)) == {"LITERAL", "LARGE", "SMALL"}
    assert at_start(found) == [{"name": "LARGEST", "from": "ssm:/shop/colours/LARGEST"}]


def test_a_literal_moves_out_when_no_value_of_a_configmap_is_left_to_move():
    found = bundle(web("{name: LITERAL, value: " + "y" * 4100 + "}, {name: A_1, value: x}"))
    assert environment(found) == {"A_1": "x"}
    assert at_start(found) == [{"name": "LITERAL", "from": "ssm:/k2l.env/shop-web/LITERAL"}]
    assert found.one(Parameter, "/k2l.env/shop-web/LITERAL").tier == "Advanced"


def test_a_value_that_no_parameter_takes_is_written_into_the_contract():
    found = bundle(web(sources=f"{{{COLOURS}}}") + colours("SKY: " + "x" * 9000))
    assert at_start(found) == [{"name": "SKY", "value": "x" * 9000}]


def test_a_literal_that_looks_like_a_credential_becomes_a_secret_and_a_decision():
    found = bundle(web("{name: API_TOKEN, value: 9f86d081884c7d659a2f}"))
    assert at_start(found) == [{"name": "API_TOKEN", "from": "secretsmanager:k2l.env/shop-web#API_TOKEN"}]
    assert found.one(Secret).key == "k2l.env/shop-web"
    assert "Deployment/shop/web:secret-API_TOKEN" in {d.id for d in found.plan.decisions}


def test_what_is_made_of_a_credential_takes_it_from_the_secret():
    found = bundle(
        web("{name: API_TOKEN, value: 9f86d081884c7d659a2f}, {name: LINE, value: token $(API_TOKEN)}", args='"--token=$(API_TOKEN)"')
    )
    reference = {"from": "secretsmanager:k2l.env/shop-web#API_TOKEN"}
    assert at_start(found)[1] == {"name": "LINE", "parts": ["token ", reference]}
    assert json.loads(contract.to_json(found.image))["args"] == [{"parts": ["--token=", reference]}]


def test_a_credential_that_names_a_service_says_so_in_its_decision():
    found = bundle(web("{name: DATABASE_URL, value: 'postgres://u:9f86d081@web:5432/shop'}"))
    assert environment(found) == {}
    (decision,) = (d for d in found.plan.decisions if d.id.endswith("secret-DATABASE_URL"))
    assert "Service/shop/web, which has to be replaced" in decision.why


def test_the_user_may_keep_a_credential_as_a_literal():
    found = bundle(web("{name: API_TOKEN, value: 9f86d081884c7d659a2f}", annotations="k2l.dev/secrets: literal"))
    assert environment(found) == {"API_TOKEN": "9f86d081884c7d659a2f"}
    assert found.fate("metadata.annotations[k2l.dev/secrets]") == ("mapped", None)
