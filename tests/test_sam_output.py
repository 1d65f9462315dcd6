"""What is written as SAM passes AWS's own tools, can be deployed to an empty account, and stays within what CloudFormation takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from everything import HOST, everything, job, service, warm
from harness import cloudformation, sam
from harness.corpora import sets
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Json, Ref, Var
from k2l.aws.function import Alias, Function
from k2l.aws.http_api import Route
from k2l.aws.iam import Role
from k2l.aws.inputs import ConcurrencyBudget, Variable
from k2l.aws.queue import Queue
from k2l.aws.schedule import Schedule
from k2l.errors import UserErrors
from k2l.formats.sam import limits
from k2l.formats.sam.layout import write
from k2l.traced import Traced

needs = pytest.mark.requires("cfn-lint", "sam-translator")
GIVEN = {"PeerInput": "peer.example.com:8080"}
LABELS: dict[str, Expr] = {"app": "shop", "app.kubernetes.io/part-of": "shop"}


def resources():
    """Everything, with tags that AWS takes."""
    return tuple(replace(r, tags=LABELS) if getattr(r, "tags", None) else r for r in everything())


def written(planned, folder: Path) -> Path:
    for name, text in write(planned).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def template(*planned) -> sam.Template:
    return sam.read(write(planned)["template.yaml"])


def properties(found: sam.Template, logical_id: str):
    return found["Resources"][logical_id]["Properties"]


@needs
def test_every_kind_of_resource_passes_the_translator_and_the_linter_before_and_after(tmp_path):
    assert sam.problems(written(resources(), tmp_path)) == ()


@needs
@pytest.mark.requires("moto")
def test_every_kind_of_resource_is_deployed_and_goes_away():
    processed = sam.process(write(resources())["template.yaml"])
    stack = cloudformation.deploy(processed, GIVEN)
    assert (stack.status, stack.missing, stack.left) == ("CREATE_COMPLETE", (), ())
    variables = stack.functions["web"]["Environment"]["Variables"]
    assert variables == {"GREETING": 'a "${quoted}" %{text}\n', "LOG_LEVEL": "info ${x}", "PEER": "peer.example.com:8080"}
    assert stack.parameters["/shop/settings/LOG_LEVEL"] == "info ${x}"


TOO_LARGE = ("gke-samples", "tekton-plumbing")
"""Sets with more resources than one template can hold."""


@needs
@pytest.mark.parametrize("name", sets(without="charts"))
def test_every_set_of_the_corpus_passes_the_translator_and_the_linter_before_and_after(k2l, corpus, name):
    done = k2l("convert", str(corpus / name), "--to", "sam", "--keep-going")
    if name in TOO_LARGE:
        assert (done.exit_code, "CloudFormation takes 500 in one template" in done.stderr) == (2, True)
        return
    assert done.exit_code < 2
    assert sam.problems(done.folder) == ()


@needs
@pytest.mark.parametrize("name", sets(without="charts"))
def test_the_resources_that_are_counted_are_those_that_sam_makes(k2l, corpus, name, monkeypatch):
    counts = []
    monkeypatch.setattr(limits, "check", lambda file, _, found: counts.append((file, found)))
    done = k2l("convert", str(corpus / name), "--to", "sam", "--keep-going")
    for file, found in counts:
        made = sam.process(done.files[file])
        assert (found["resources"], found["parameters"]) == (len(made["Resources"]), len(made.get("Parameters", {})))
        assert found["outputs"] == len(made.get("Outputs", {}))


def test_what_cloudformation_does_not_take_is_refused_with_the_numbers():
    queues = tuple(Queue(key=f"q{n}", home="queues", name=f"q{n}", retention=60) for n in range(501))
    with pytest.raises(UserErrors) as refused:
        write(queues)
    resources, outputs = str(refused.value).splitlines()
    assert resources.startswith("template.yaml: would have 501 resources, and CloudFormation takes 500 in one template")
    assert "would have 501 outputs, and CloudFormation takes 200" in outputs


def test_a_template_of_more_than_a_megabyte_is_refused():
    long = tuple(Parameter(key=f"/a/{n}", home="c", name=f"/a/{n}", value="x" * 8000) for n in range(130))
    with pytest.raises(UserErrors, match=r"would have 1,0\d\d,\d\d\d bytes, and CloudFormation takes 1,000,000"):
        write(long)


def test_too_much_for_cloudformation_ends_with_2_and_writes_nothing(convert):
    one = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: job%d}\nspec: {template: {spec: {containers: [{name: a, image: 'a:1'}]}}}\n"
    done = convert("---\n".join(one % n for n in range(90)), "--to", "sam")
    assert done.exit_code == 2
    assert re.search(r"^template\.yaml: would have \d+ resources, and CloudFormation takes 500 in one", done.stderr, re.MULTILINE)
    assert not done.folder.exists()


def test_nothing_to_deploy_is_no_template():
    assert write((Variable(key="peer", home="variables", description="Where", required=True),)) == {}


def test_a_reference_to_nothing_is_refused():
    budget = ConcurrencyBudget(key="account", home="concurrency", reserved=1, unreserved=100, limit=Var("account_concurrency"))
    with pytest.raises(LookupError, match="Queue gone"):
        write((*service(), budget, Parameter(key="x", home="x", name="/x", value=Ref("Queue", "gone", "url"))))


def test_the_same_plan_gives_the_same_bytes():
    assert write(everything()) == write(everything())


def test_only_what_is_used_is_declared():
    assert list(template(*job())["Parameters"]) == ["LogRetentionInDays", "ReportCronImageDigest"]


def test_settings_name_a_stack_and_no_region():
    settings = write(service())["samconfig.toml"]
    assert "resolve_image_repos = true" in settings
    assert 'capabilities = "CAPABILITY_NAMED_IAM"' in settings
    assert 'stack_name = "k2l"' in settings
    assert not re.search(r"^region|[a-z]{2}-[a-z]+-\d", settings, re.MULTILINE)


# What the service would not take


def test_an_alias_without_a_literal_name_is_refused():
    odd = tuple(replace(r, name=Join(("li", "ve"))) if isinstance(r, Alias) else r for r in service())
    with pytest.raises(TypeError, match="name of the alias web is not known"):
        write(odd)


@needs
def test_an_alias_with_provisioned_concurrency_shifts_no_traffic(convert):
    web = MANIFEST.replace("metadata: {name: web}", "metadata: {name: web, annotations: {k2l.dev/cold-starts: avoid}}", 1)
    rolling = properties(sam.read(convert(MANIFEST, "--to", "sam").files["template.yaml"]), "WebFunction")
    warmed = properties(sam.read(convert(web, "--to", "sam").files["template.yaml"]), "WebFunction")
    assert (rolling["DeploymentPreference"], rolling.get("ProvisionedConcurrencyConfig")) == (
        {"Type": {"Ref": "DeploymentPreference"}},
        None,
    )
    assert ("DeploymentPreference" in warmed, warmed["ProvisionedConcurrencyConfig"]) == (False, {"ProvisionedConcurrentExecutions": 10})


@pytest.mark.parametrize(("strategy", "gradual"), [("{}", True), ("{type: RollingUpdate}", True), ("{type: Recreate}", False)])
def test_traffic_moves_gradually_where_the_rollout_did(convert, strategy, gradual):
    made = sam.read(convert(MANIFEST.replace("spec:\n", f"spec:\n  strategy: {strategy}\n", 1), "--to", "sam").files["template.yaml"])
    assert ("DeploymentPreference" in properties(made, "WebFunction")) is gradual
    assert ("DeploymentPreference" in made["Parameters"]) is gradual


def test_a_version_is_published_for_any_change():
    assert properties(template(*service()), "WebFunction")["AutoPublishAliasAllProperties"] is True


def test_commands_of_the_image_stay_in_the_dockerfile(convert):
    """CloudFormation takes no list of theirs in which a word comes twice."""
    done = convert(MANIFEST.replace("ports:", 'command: [/web, "-v", a, "-v", b]\n        ports:', 1), "--to", "sam")
    assert "ImageConfig" not in done.files["template.yaml"]
    assert 'ENTRYPOINT ["/web", "-v", "a", "-v", "b"]' in done.files["images/web/Dockerfile"]


def test_no_parameter_is_a_secret_and_no_secret_has_a_value():
    found = template(*service())
    kinds = {r["Properties"].get("Type") for r in found["Resources"].values() if r["Type"] == "AWS::SSM::Parameter"}
    assert kinds == {"String"}
    (secret,) = (r["Properties"] for r in found["Resources"].values() if r["Type"] == "AWS::SecretsManager::Secret")
    assert set(secret) == {"Name", "Description"}


@needs
def test_a_url_takes_signed_requests_and_its_callers_have_both_permissions(convert):
    caller = MANIFEST.replace("name: web", "name: shop").replace("app: web", "app: shop")
    caller = caller.replace("ports:", "env: [{name: WEB, value: 'http://web:80'}]\n        ports:", 1)
    processed = sam.process(convert(f"{MANIFEST}---\n{caller}", "--to", "sam").files["template.yaml"])
    urls = [r["Properties"]["AuthType"] for r in processed["Resources"].values() if r["Type"] == "AWS::Lambda::Url"]
    assert set(urls) == {"AWS_IAM"}
    assert [r for r in processed["Resources"].values() if r["Type"] == "AWS::Lambda::Permission"] == []
    (policy,) = properties(processed, "ShopRole")["Policies"]
    conditions = {tuple(s["Action"]): s.get("Condition") for s in policy["PolicyDocument"]["Statement"]}
    assert conditions[("lambda:InvokeFunctionUrl",)] == {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}}
    assert conditions[("lambda:InvokeFunction",)] == {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}


def test_more_reserved_concurrency_than_the_account_has_is_no_value_of_the_parameter():
    quota = template(*service())["Parameters"]["AccountConcurrency"]
    assert (quota["Type"], quota["MinValue"], quota["Default"]) == ("Number", 120, 1000)
    assert "reserve 20 concurrent executions together and 100 have to stay unreserved" in quota["ConstraintDescription"]


def test_a_quota_that_the_usual_account_lacks_has_to_be_given():
    much = tuple(replace(r, reserved=Traced(950)) if isinstance(r, ConcurrencyBudget) else r for r in service())
    quota = template(*much)["Parameters"]["AccountConcurrency"]
    assert (quota["MinValue"], "Default" in quota) == (1050, False)


def test_an_input_that_becomes_a_parameter_is_neither_empty_nor_a_reference():
    stored = Parameter(key="/x", home="x", name="/x", value=Var("peer"))
    pattern = template(*service(), stored)["Parameters"]["PeerInput"]["AllowedPattern"]
    assert [bool(re.search(pattern, text)) for text in ("a:80", "", "x{{resolve:ssm:a}}")] == [True, False, False]


def test_an_image_without_a_folder_is_named_by_its_digest_where_one_is_given():
    found = template(*service())
    condition, digest, tag = properties(found, "WebFunction")["ImageUri"]["Fn::If"]
    registry = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/k2l/web"
    assert (digest, tag) == ({"Fn::Sub": f"{registry}@${{WebImageDigest}}"}, {"Fn::Sub": f"{registry}:v1"})
    assert found["Conditions"][condition] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "WebImageDigest"}, ""]}]}
    assert found["Resources"]["WebFunction"]["Metadata"].keys() == {"checkov"}


def test_an_image_with_a_dockerfile_is_built_by_sam(convert):
    done = convert(MANIFEST, "--to", "sam")
    function = sam.read(done.files["template.yaml"])["Resources"]["WebFunction"]
    metadata = function["Metadata"]
    assert (metadata["Dockerfile"], metadata["DockerContext"]) == ("web/Dockerfile", "images")
    assert function["Properties"]["ImageUri"] == f"webfunction:{metadata['DockerTag']}"
    assert f"{metadata['DockerContext']}/{metadata['Dockerfile']}" in done.files
    assert "registry/template.yaml" not in done.files


def test_a_scaled_function_waits_for_its_alias():
    found = template(*service(), *warm())["Resources"]["WebScalableTarget"]
    assert (found["DependsOn"], found["Properties"]["ResourceId"]) == ("WebFunctionAliaslive", {"Fn::Sub": "function:${WebFunction}:live"})


def test_a_role_of_a_function_is_made_after_what_its_policy_names():
    without = tuple(r for r in service() if type(r).__name__ != "RolePolicy")
    function = next(r for r in without if isinstance(r, Function))
    fewer = tuple(replace(r, after=(Ref("LogGroup", "web", "name"),)) if r is function else r for r in without)
    assert template(*fewer)["Resources"]["WebFunction"]["DependsOn"] == ["WebLogGroup"]
    assert "DependsOn" not in template(*service())["Resources"]["WebFunction"]


def test_what_all_functions_say_is_said_once():
    found = template(*service(), *job())
    assert found["Globals"]["Function"] == {"Architectures": ["x86_64"], "MemorySize": 512, "Timeout": 30, "AutoPublishAlias": "live"}
    assert [key for key in found["Globals"]["Function"] if key in properties(found, "WebFunction")] == []
    assert "Globals" not in template(*service())


def test_a_json_text_with_what_could_end_it_is_refused():
    odd = tuple(replace(r, input=Json({"a": Var("peer")})) if isinstance(r, Schedule) else r for r in (*service(), *job()))
    with pytest.raises(TypeError, match="Var is no value within a JSON text"):
        write(odd)


def test_a_sensitive_value_never_gets_there():
    odd = tuple(replace(r, description=Traced("x", sensitive=True)) if isinstance(r, Role) else r for r in service())
    with pytest.raises(ValueError, match="a sensitive value reached the SAM writer"):
        write(odd)


@needs
def test_a_domain_is_made_when_its_certificate_is_given():
    found = sam.process(write(everything())["template.yaml"])
    conditional = {name: r["Condition"] for name, r in found["Resources"].items() if "Condition" in r}
    (domain,) = (name for name, r in found["Resources"].items() if r["Type"] == "AWS::ApiGatewayV2::DomainName")
    assert properties(found, domain)["DomainName"] == HOST
    assert set(conditional.values()) == {f"Has{domain.removesuffix('Domain')}CertificateArn"}
    assert sorted(r["Type"].rpartition("::")[2] for r in map(found["Resources"].get, conditional)) == ["ApiMapping", "DomainName"]


def test_a_default_route_is_an_event_without_a_path():
    default = tuple(replace(r, route_key="$default") if isinstance(r, Route) and r.route_key == "ANY /" else r for r in everything())
    events = properties(template(*default), "WebFunction")["Events"].values()
    assert {event["Properties"].get("Path") for event in events} == {None, "/{proxy+}"}


def test_check_and_diff_work_as_for_terraform_and_an_edited_file_stops_the_run(convert, k2l):
    first = convert(MANIFEST, "--to", "sam")
    assert k2l("convert", "in", "-o", "out", "--to", "sam", "--check").exit_code == 0
    (first.folder.parent / "in/input.yaml").write_text(MANIFEST.replace("1.2", "1.3"))
    assert k2l("convert", "in", "-o", "out", "--to", "sam", "--check").exit_code == 1
    assert "+      ImageUri: webfunction:1.3" in k2l("convert", "in", "-o", "out", "--to", "sam", "--diff").stdout
    (first.folder / "template.yaml").write_text("mine")
    stopped = k2l("convert", "in", "-o", "out", "--to", "sam")
    assert (stopped.exit_code, stopped.stderr.splitlines()[-1].partition(";")[0]) == (2, "out/template.yaml: was edited since k2l wrote it")


def test_another_format_in_the_same_folder_takes_the_first_ones_files_away(convert, k2l):
    convert(MANIFEST)
    done = k2l("convert", "in", "-o", "out", "--to", "sam")
    assert [name for name in done.files if name.endswith(".tf")] == []
    assert "template.yaml" in done.files


MANIFEST = """\
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
        image: example.com/web:1.2
        ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""


@pytest.mark.parametrize("name", ["eks-workshop", "small-apps"])
def test_the_record_names_what_is_in_the_template(k2l, corpus, name):
    done = k2l("convert", str(corpus / name), "--to", "sam", "--keep-going")
    made, every = sam.read(done.files["template.yaml"]), set()
    for leaf in done.record["ledger"]:
        every |= {*leaf["to"], *(outcome["to"] for outcome in leaf.get("outcomes", ()) if outcome["to"])}
    named = {to for to in every if re.match(r"Parameters\.|[A-Z]\w+\.[A-Z]", to)}
    assert len(named) > 100
    assert [to for to in sorted(named) if not stands(made, to)] == []
    resources = {address for workload in done.record["workloads"] for address in workload["resources"]}
    own = {address for address in resources if not address.startswith("images/")}
    assert own
    there = {name for file in ("template.yaml", "registry/template.yaml") for name in sam.read(done.files[file])["Resources"]}
    assert own <= there


def stands(made: sam.Template, address: str) -> bool:
    """``WebFunction.Environment.Variables["A"]``, ``Parameters.PeerInput.Description``: as far as names without brackets go."""
    first, *steps = re.sub(r"\[.*?\](?=\.|$|\[)", "", address).split(".")
    at = made["Parameters"] if first == "Parameters" else made["Resources"][first]["Properties"]
    at = {**made.get("Globals", {}).get("Function", {}), **at}
    for step in steps:
        at = at[0] if isinstance(at, list) else at.get("Properties", at)
        if step not in at:
            # The default route is an event that says no path.
            return step == "Path" and "ApiId" in at
        at = at[step]
    return True
