"""Which file holds what, and what each block says of itself."""

import pytest
from msgspec.structs import replace

from everything import HOST, api, everything, job, service, warm
from k2l.aws.function import Alias, Function
from k2l.aws.inputs import Variable
from k2l.aws.logs import LogGroup
from k2l.aws.queue import Queue
from k2l.formats.terraform.layout import file_name, write
from k2l.formats.terraform.references import references
from k2l.formats.terraform.syntax import Attribute, Block, Call, Conditional, Entry, For, Index, Not, Object, Template, Tuple, ref
from k2l.source import load
from k2l.traced import Traced

(DEPLOYMENT,) = load("kind: Deployment\nmetadata: {name: web, labels: {app: shop, tier: front}}\nspec: {replicas: 3}\n", "web.yaml").objects
LEAVES = {leaf.path(): leaf for leaf in DEPLOYMENT.leaves()}


def group(home: str, **more) -> LogGroup:
    return LogGroup(key="web", home=home, name="/web", retention=30, **more)


def test_every_home_has_a_file_beside_ours():
    assert sorted(write(everything())) == [
        f"api-{HOST}.tf",
        "concurrency.tf",
        "configuration.tf",
        "locals.tf",
        "outputs.tf",
        "registry/outputs.tf",
        "registry/registry.tf",
        "registry/variables.tf",
        "registry/versions.tf",
        "report-cron.tf",
        "secrets.tf",
        "variables.tf",
        "versions.tf",
        "web.tf",
    ]


def test_without_resources_there_is_nothing_to_write():
    assert write(()) == {}
    assert write((Variable(key="a", home="a", description="b"),)) == {}


@pytest.mark.parametrize(
    ("home", "file"),
    [
        ("web", "web.tf"),
        ("api-shop.example.com", "api-shop.example.com.tf"),
        ("variables", "variables_.tf"),
        ("override", "override_.tf"),
        ("my_override", "my_override_.tf"),
        ("../../etc/passwd", "_.._etc_passwd.tf"),
        (".hidden", "hidden.tf"),
        ("a b\n", "a_b_.tf"),
        ("..", "_.tf"),
    ],
)
def test_a_home_never_takes_a_name_that_means_something_else(home, file):
    assert file_name(home) == file


def test_a_workload_called_as_one_of_our_files_keeps_its_own():
    assert "/web" in write((group("outputs"),))["outputs_.tf"]


def test_a_configuration_that_asks_nothing_declares_only_the_region():
    files = write((group("web"),))
    assert sorted(files) == ["variables.tf", "versions.tf", "web.tf"]
    assert files["variables.tf"].count("variable ") == 1


def test_a_block_names_its_objects_and_says_why_it_is_there():
    text = write((group("web", origins=(DEPLOYMENT,), comment="For what it says\nhere"),))["web.tf"]
    assert text.startswith("# web.yaml Deployment/default/web\n# For what it says here\n# trivy:ignore:")


def test_an_attribute_names_its_places():
    retention = Traced(3, (LEAVES["spec.replicas"],), note="a day for each")
    assert (
        "  # a day for each - spec.replicas\n  retention_in_days = 3\n"
        in write((replace(group("web"), retention=retention, origins=(DEPLOYMENT,)),))["web.tf"]
    )


def test_tags_name_their_places_together_and_variables_each():
    labels = {name: Traced("x", (LEAVES[f"metadata.labels.{name}"],)) for name in ("app", "tier")}
    functions = [replace(r, tags=labels, environment=labels, origins=(DEPLOYMENT,)) if isinstance(r, Function) else r for r in job()]
    text = write(functions)["report-cron.tf"]
    assert '  # metadata.labels.app, metadata.labels.tier\n  tags = {\n    app  = "x"\n    tier = "x"\n  }\n' in text
    assert '      # metadata.labels.app\n      app = "x"\n      # metadata.labels.tier\n      tier = "x"\n' in text


def test_what_has_to_be_there_first_is_named():
    assert "  depends_on = [aws_cloudwatch_log_group.web, aws_iam_role_policy.web]\n" in write(service())["web.tf"]


def test_empty_things_are_not_written():
    text = write((Queue(key="q", home="q", name="q", retention=60),))["q.tf"]
    assert "tags" not in text


def test_zero_is_not_empty():
    off = [replace(r, reserved_concurrency=0) if isinstance(r, Function) else r for r in job()]
    assert "reserved_concurrent_executions = 0\n" in write(off)["report-cron.tf"]


def test_an_alias_that_may_have_no_weights_has_none():
    weighted = write(job())["report-cron.tf"]
    text = write([replace(r, weighted=False) if isinstance(r, Alias) else r for r in job()])["report-cron.tf"]
    assert ("routing_config" in weighted, "routing_config" in text) == (True, False)


def test_provisioned_concurrency_that_is_scaled_is_left_to_the_scaler():
    still, scaled = write((*service(), *warm()[:1]))["web.tf"], write((*service(), *warm()))["web.tf"]
    assert ("ignore_changes" in still, "ignore_changes" in scaled) == (False, True)
    assert "  depends_on = [aws_lambda_provisioned_concurrency_config.web]\n" in scaled


def test_an_input_of_the_plan_is_declared_as_it_is():
    given = Variable(key="peers", home="", description="Who", type="list", default=("a",), origins=(DEPLOYMENT,))
    body = '  type        = list(string)\n  description = "Who"\n  default     = ["a"]\n'
    text = write((group("web"), given))["variables.tf"]
    assert f'# web.yaml Deployment/default/web\nvariable "peers" {{\n{body}}}\n' in text


def test_an_input_of_the_plan_takes_the_place_of_ours():
    given = Variable(key="log_retention_in_days", home="", description="Mine", type="number", required=True)
    text = write((*api(), *service(), given))["variables.tf"]
    assert text.count('variable "log_retention_in_days"') == 1
    assert 'description = "Mine"\n}' in text


def test_everything_that_is_referred_to_is_found():
    deep = Conditional(
        ref("var", "a", "b"), Call("f", (Object((Entry(ref("local", "c"), Tuple((Not(ref("data", "d", "e", "f")),))),)),)), 1
    )
    looped = For(("each",), ref("aws_x", "y", Index(0)), Template(("a", ref("each"))))
    items = (Block("b", (), (Attribute("x", deep), Block("c", (), (Attribute("y", looped),)))),)
    assert list(references(items)) == ["var.a", "local.c", "data.d.e", "aws_x.y"]


def test_a_secret_has_no_value():
    files = write(everything())
    assert "aws_secretsmanager_secret_version" not in "".join(files.values())
