"""The README of the output folder."""

import re
from pathlib import Path

import pytest

from k2l.reference import Expanded, Reference
from k2l.secrets.holdings import references
from k2l.traced import Traced

SHOP = Path(__file__).parents[1] / "examples" / "shop" / "manifests"
WORKLOAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: example.com/web:1.2
        ports: [{containerPort: 8080}]
        env: []
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""
AGENT = WORKLOAD.replace("containers:", "hostNetwork: true\n      containers:")
ALIASES = WORKLOAD.replace("containers:", "hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]\n      containers:")


def test_a_secret_within_the_text_for_an_absent_one_is_asked_for_too():
    inner = Reference("secretsmanager", "shop/b", "key")
    text = Traced(Expanded(("x", Reference("secretsmanager", "shop/a", "key", optional=True, otherwise=(inner,)))))
    assert [r.name for r in references(text)] == ["shop/a", "shop/b"]


@pytest.fixture
def readme(convert):
    return lambda *given: convert(*given).files["README.md"]


@pytest.fixture
def shop(k2l) -> str:
    return str(k2l("convert", str(SHOP)).files["README.md"])


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def commands(text: str) -> list[str]:
    return [line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines() if line.strip()]


def test_commands_come_in_the_order_in_which_they_work(shop):
    firsts = (
        "terraform -chdir=registry apply",
        "terraform apply -target",
        "k2l secrets push",
        "sh images/build.sh",
        "terraform apply",
    )
    found = commands(shop)
    places = [next(i for i, line in enumerate(found) if line.startswith(first)) for first in firsts[:-1]]
    assert [*places, len(found) - 1] == sorted([*places, len(found) - 1])
    assert found[-1] == "terraform apply"


def test_each_secret_is_made_first_and_filled_by_name_without_a_value(shop):
    found = commands(shop)
    assert next(line for line in found if line.startswith("terraform apply")).count("-target=aws_secretsmanager_secret.") == 3
    assert any(line.startswith("k2l secrets push MANIFESTS --output-dir .") for line in found)
    assert "| `shop/catalog-db` | `DATABASE_URL` |" in shop


def test_a_secret_that_is_not_among_the_manifests_comes_from_the_cluster(shop):
    found = [line for line in commands(shop) if line.startswith(("aws secretsmanager", "kubectl"))]
    assert found == [
        "kubectl get secret smtp --namespace shop --output json | jq '.data | map_values(@base64d)' |",
        "aws secretsmanager put-secret-value --secret-id shop/smtp --secret-string file:///dev/stdin",
    ]


def test_a_config_map_that_is_missing_as_a_whole_is_made_by_hand(readme):
    found = readme(WORKLOAD.replace("env: []", "envFrom: [{configMapRef: {name: elsewhere}}]"))
    assert "- `/shop/elsewhere/`: `aws ssm put-parameter --type String --name /shop/elsewhere/KEY --value VALUE`" in found
    assert "ssm put-parameter" not in readme(WORKLOAD)


def test_a_credential_of_the_manifest_is_asked_for_by_its_variable(readme):
    found = readme(WORKLOAD.replace("env: []", "env: [{name: DB_PASSWORD, value: hunter2-hunter2}]"))
    assert "`DB_PASSWORD`" in section(found, "Deploy")
    assert "hunter2" not in found


def test_images_are_built_pushed_and_named_by_one_command(shop, readme):
    assert commands(shop).count("sh images/build.sh") == 1
    assert commands(readme(WORKLOAD)).count("sh images/build.sh") == 1
    assert "images.auto.tfvars.json" in shop


def test_inputs_that_must_be_given_come_first(shop):
    assert section(shop, "Deploy").index("`service_shop_cache_6379`") < section(shop, "Deploy").index("terraform -chdir")


def test_functions_are_listed_with_size_and_what_reaches_them(shop):
    assert "| `shop-catalog` | `Deployment/shop/catalog` in `catalog.yaml` | 1769 MB | 30 s | `shop.example.com/api/catalog`, " in shop
    assert "`cron(30 2 * * ? *) Europe/Berlin`" in section(shop, "Functions")


def test_what_stays_is_listed_with_why_where_and_what_to_do(readme):
    found = section(readme(AGENT), "What is not written")
    assert "| `Deployment/shop/web` | stays on Kubernetes | K2L111 " in found
    assert "`input.yaml Deployment/shop/web spec.template.spec.hostNetwork`" in found


def test_without_functions_there_is_nothing_to_deploy(readme):
    found = readme(AGENT)
    assert "## Deploy" not in found
    assert "## Functions" not in found


def test_decisions_say_who_chose_and_where_to_change_it(shop, readme):
    (found,) = re.findall(r"^\| `requests-per-pod` .*$", section(shop, "Decisions"), re.MULTILINE)
    assert found.startswith("| `requests-per-pod` | How many requests does one pod serve at the same time? | `20` |")
    assert found.endswith("set requests-per-pod to change it | `Deployment/shop/web` |")
    given = readme({"input.yaml": WORKLOAD, "k2l.yaml": "assumptions: {architecture: arm64}"})
    assert re.search(r"\| `architecture` .* `arm64` .* k2l.yaml \|", given)


def test_a_question_with_one_answer_for_many_workloads_is_asked_once(readme):
    decided = {name: f"namespace: shop, annotations: {{k2l.dev/architecture: {name}}}" for name in ("arm64", "x86_64")}
    others = (WORKLOAD.replace("web", name[:3]).replace("namespace: shop", given, 1) for name, given in decided.items())
    found = section(readme("---\n".join((WORKLOAD, WORKLOAD.replace("web", "api"), *others))), "Decisions")
    rows = [line.split(" | ") for line in found.splitlines() if line.startswith("| `architecture` |")]
    assert [(row[2], row[4], row[-1]) for row in rows] == [
        ("`x86_64`", "default", "`Deployment/shop/web`, `Deployment/shop/api` |"),
        ("`arm64`", "annotation", "`Deployment/shop/arm` |"),
        ("`x86_64`", "annotation", "`Deployment/shop/x86` |"),
    ]


def test_losses_are_grouped_by_reason_with_their_places(readme):
    found = section(readme(ALIASES), "What is lost or changed")
    assert "### Dropped\n\n- 2 fields, `no-hosts-file`: " in found
    paths = "`spec.template.spec.hostAliases[0].ip`, `spec.template.spec.hostAliases[0].hostnames[0]`"
    assert f"  - `input.yaml` `Deployment/shop/web`: {paths}" in found


def test_no_loss_is_said_too(readme):
    assert section(readme(WORKLOAD), "What is lost or changed").strip() == "Nothing."


def test_the_same_reason_in_many_objects_is_cut_short(readme):
    many = "---\n".join(ALIASES.replace("web", f"web{n:02}") for n in range(25))
    assert "  - and 5 objects more, named in `k2l.json`" in readme(many)


@pytest.mark.parametrize("manifest", [WORKLOAD, AGENT, ALIASES])
def test_lines_of_the_manifest_are_not_named(readme, manifest):
    assert readme("# one\n# more\n" + manifest) == readme(manifest)


def test_every_row_of_a_table_has_as_many_cells_as_its_head(shop):
    tables = re.findall(r"(?:^ *\|.*\n)+", shop, re.MULTILINE)
    assert len(tables) >= 4
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


@pytest.mark.parametrize(
    "hostile", ["<script>x</script>", "![x](https://example.com/x.png)", "[x](https://example.com)", "a|b", "`x`", "**x**"]
)
def test_text_of_a_manifest_is_no_markup(readme, hostile):
    found = readme(WORKLOAD.replace("env: []", "resources: {limits: {'example.com/" + hostile + "': 1}}"))
    assert "What is not written" in found
    outside = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", found.replace("```", "~~~"))
    assert hostile not in outside
