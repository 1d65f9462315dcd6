"""One resource of each class, as the stages before would plan them: a service, a job and an API."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from k2l.aws.configuration import Parameter, Secret
from k2l.aws.expr import Expr, Image, Json, Pseudo, Ref, Var, arn, join
from k2l.aws.function import Alias, EventInvokeConfig, Function, FunctionUrl, Permission, ProvisionedConcurrency
from k2l.aws.http_api import Domain, HttpApi, Integration, Route, Stage
from k2l.aws.iam import Role, RolePolicy, Statement
from k2l.aws.inputs import ConcurrencyBudget, Variable
from k2l.aws.logs import LogGroup
from k2l.aws.queue import Queue
from k2l.aws.registry import Repository
from k2l.aws.resource import Resource
from k2l.aws.scaling import ScalableTarget, ScalingPolicy
from k2l.aws.schedule import Schedule

DIMENSION, NAMESPACE = "lambda:function:ProvisionedConcurrency", "lambda"
TAGS: dict[str, Expr] = {"app": "shop", "app.kubernetes.io/part-of": "shop ${x}"}
HOST = "shop.example.com"


def _function(name: str, **more: Any) -> tuple[Resource, ...]:
    group, role, policy = (Ref("LogGroup", name, "name"), Ref("Role", name, "arn"), Ref("RolePolicy", name, "id"))
    logs = Statement("WriteLogs", ("logs:CreateLogStream", "logs:PutLogEvents"), (join(Ref("LogGroup", name, "arn"), ":*"),))
    given: dict[str, Any] = {
        "memory_size": 512,
        "timeout": 30,
        "architectures": ("x86_64",),
        "tags": TAGS,
        "after": (group, policy),
        **more,
    }
    return (
        Repository(key=name, home="registry", name=f"k2l/{name}", tags=TAGS),
        LogGroup(key=name, home=name, name=f"/aws/lambda/{name}", retention=Var("log_retention_in_days"), tags=TAGS),
        Role(key=name, home=name, name=join(f"{name}-", Pseudo("region")), description="", service="lambda.amazonaws.com", tags=TAGS),
        RolePolicy(key=name, home=name, name=name, role=Ref("Role", name, "name"), statements=(logs, *_statements(name))),
        Function(key=name, home=name, name=name, description=f"Runs {name}", role=role, image=Image(f"k2l/{name}", "v1", name), **given),
        Alias(
            key=name,
            home=name,
            name="live",
            description="",
            function=Ref("Function", name, "name"),
            version=Ref("Function", name, "version"),
        ),
    )


def _statements(name: str) -> tuple[Statement, ...]:
    calls = Statement(
        "CallServices",
        ("lambda:InvokeFunctionUrl",),
        (arn("lambda", f"function:{name}:live"),),
        {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}},
    )
    read = Statement("ReadSecrets", ("secretsmanager:GetSecretValue",), (Ref("Secret", "shop/db", "arn"),))
    return (calls, read) if name == "web" else ()


def service() -> tuple[Resource, ...]:
    function, qualifier = Ref("Function", "web", "name"), Ref("Alias", "web", "name")
    environment = {
        "LOG_LEVEL": Ref("Parameter", "/shop/settings/LOG_LEVEL", "value"),
        "GREETING": 'a "${quoted}" %{text}\n',
        "PEER": Var("peer"),
    }
    return (
        *_function("web", environment=environment, reserved_concurrency=20, ephemeral_storage=1024),
        FunctionUrl(key="web", home="web", function=function, qualifier=qualifier, auth_type="AWS_IAM"),
        Parameter(key="/shop/settings/LOG_LEVEL", home="configuration", name="/shop/settings/LOG_LEVEL", value="info ${x}"),
        Parameter(
            key="/k2l/web/url", home="web", name="/k2l/web/url", value=Ref("FunctionUrl", "web", "function_url"), description="Where"
        ),
        Secret(
            key="shop/db", home="secrets", name="shop/db", description="The values of db", recovery_window=Var("recovery_window_in_days")
        ),
        Variable(key="peer", home="variables", description="Where the peer is", required=True),
        ConcurrencyBudget(key="account", home="concurrency", reserved=20, unreserved=100, limit=Var("account_concurrency")),
    )


def warm() -> tuple[Resource, ...]:
    """Provisioned concurrency of the service, scaled."""
    function, qualifier = Ref("Function", "web", "name"), Ref("Alias", "web", "name")
    scaled: dict[str, Any] = {"scalable_dimension": DIMENSION, "service_namespace": NAMESPACE}
    return (
        ProvisionedConcurrency(key="web", home="web", function=function, qualifier=qualifier, executions=2),
        ScalableTarget(
            key="web", home="web", min_capacity=2, max_capacity=5, resource_id=join("function:", function, ":", qualifier), **scaled
        ),
        ScalingPolicy(
            key="web",
            home="web",
            name="web-utilisation",
            resource_id=Ref("ScalableTarget", "web", "resource_id"),
            metric="LambdaProvisionedConcurrencyUtilization",
            target=0.7,
            **scaled,
        ),
    )


def api() -> tuple[Resource, ...]:
    home, own = f"api-{HOST}", Ref("HttpApi", HOST, "id")
    source = join(Ref("HttpApi", HOST, "execution_arn"), "/*/*")
    return (
        HttpApi(key=HOST, home=home, name=HOST, description=f"Requests for {HOST}", tags=TAGS),
        LogGroup(key=home, home=home, name=f"/aws/vendedlogs/http-api/{HOST}", retention=Var("log_retention_in_days")),
        Stage(key=HOST, home=home, log_group=Ref("LogGroup", home, "arn"), api=own),
        Domain(key=HOST, home=home, host=HOST, stage=Ref("Stage", HOST, "id"), api=own),
        Integration(key=f"{HOST}-web", home=home, target=Ref("Alias", "web", "invoke_arn"), timeout=30000, api=own),
        Permission(
            key=f"{HOST}-web",
            home=home,
            statement_id="api-shop",
            action="lambda:InvokeFunction",
            function=Ref("Function", "web", "name"),
            qualifier=Ref("Alias", "web", "name"),
            principal="apigateway.amazonaws.com",
            source_arn=source,
        ),
        *(
            Route(key=f"{HOST} {route}", home=home, route_key=route, integration=Ref("Integration", f"{HOST}-web", "id"), api=own)
            for route in ("ANY /", "ANY /{proxy+}")
        ),
    )


def job() -> tuple[Resource, ...]:
    name, role = "report-cron", "report-cron-scheduler"
    statement = Statement("StartFunction", ("lambda:InvokeFunction",), (Ref("Alias", name, "arn"),))
    own_account: dict[str, dict[str, Expr]] = {"StringEquals": {"aws:SourceAccount": Pseudo("account")}}
    return (
        *_function(name, reserved_concurrency=1),
        Queue(
            key=f"{name}-failed",
            home=name,
            name=f"{name}-failed",
            retention=1209600,
            tags=TAGS,
            comment="Runs that failed after their retries",
        ),
        EventInvokeConfig(
            key=name,
            home=name,
            function=Ref("Function", name, "name"),
            qualifier=Ref("Alias", name, "name"),
            maximum_retry_attempts=2,
            maximum_event_age=60,
            on_failure=Ref("Queue", f"{name}-failed", "arn"),
        ),
        Role(key=role, home=name, name=role, description="", service="scheduler.amazonaws.com", trust_conditions=own_account),
        RolePolicy(key=role, home=name, name=role, role=Ref("Role", role, "name"), statements=(statement,)),
        Schedule(
            key=name,
            home=name,
            name=name,
            description="Runs CronJob/default/report",
            expression="cron(0 3 * * ? *)",
            timezone="Europe/Berlin",
            state="ENABLED",
            target=Ref("Alias", name, "arn"),
            role=Ref("Role", role, "arn"),
            input=Json({"scheduledTime": "<aws.scheduler.scheduled-time>", "timeZone": "Europe/Berlin"}),
            maximum_retry_attempts=185,
            maximum_event_age=86400,
            dead_letter=Ref("Queue", f"{name}-failed", "arn"),
        ),
    )


def everything() -> tuple[Resource, ...]:
    """The service's alias has no weights, because it has provisioned concurrency."""
    unweighted = (replace(r, weighted=False) if isinstance(r, Alias) else r for r in service())
    return (*unweighted, *warm(), *api(), *job())
