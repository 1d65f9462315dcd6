"""
An Ingress decides who or what may come in, and what takes its place lets everybody in.

Sign-in, passwords, client certificates, allowed addresses and firewalls are set by annotations of the ingress controller. k2l does not
carry them over. An HTTP API has authorizers (JWT, IAM, a function of your own) and, with a custom domain, mutual TLS; it has no lists of
addresses and no WAF, for which there is CloudFront in front. A load balancer before tasks on Fargate can ask for a sign-in (OIDC,
Cognito), has security groups, and takes a WAF. What only some may reach gets no API at all (K2L213), or a load balancer that only the
network reaches, until `k2l.dev/exposure: public` asks for one.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {alb.ingress.kubernetes.io/wafv2-acl-arn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1"}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.exposure import for_everybody
from k2l.rules._ingress import settings as told
from k2l.rules._ingress import table
from k2l.settings import Settings

HELP = "before it is public, give the API an authorizer or the load balancer a sign-in, or put a WAF in front"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    wish = settings.overrides(workload).exposure
    open_ = wish is not None and wish.value == "public"
    lost = table()["filtered"] | (table()["guarded"] if open_ else {})
    for _, key, name, value in told(workload):
        if name in lost and not for_everybody(value.value):
            yield Problem(value.origins[0], f"{key} is lost: {lost[name]}", HELP)


RULE = Rule("K2L212", "access-control-lost", Severity.ERROR, check, only=AWS_COMPUTE)
