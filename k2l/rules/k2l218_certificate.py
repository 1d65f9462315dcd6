"""
A host needs a certificate in ACM.

An HTTP API or a load balancer answers by HTTPS under a host of one's own with a certificate of AWS Certificate Manager, in the same
Region. What a Secret or cert-manager holds is not carried over. Without an ARN in `certificate_arns`, the API answers under its own
address only, and the load balancer by plain HTTP only.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - host: shop.example.com
          http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    hosts = {route.routes.host.value: route.routes.host for route in reversed(workload.routes) if route.routes.host}
    for name, host in reversed(hosts.items()):
        if name:
            yield Problem(host.origins[0], f'"{name}" needs a certificate in ACM', "request one, and give its ARN in certificate_arns")


RULE = Rule("K2L218", "certificate", Severity.NOTE, check, only=AWS_COMPUTE)
