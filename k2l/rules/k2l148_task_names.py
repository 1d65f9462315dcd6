"""
A pod is told where names are, and a task on Fargate cannot be.

Names added to /etc/hosts (`hostAliases`), name servers and search domains (`dnsConfig`) are lost: Fargate refuses `extraHosts`,
`dnsServers` and `dnsSearchDomains`, and resolves every name as the VPC does. What the program calls by such a name is not found, or is
found somewhere else.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          hostAliases: [{ip: 10.0.0.7, hostnames: [erp]}]
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.manifest.cursor import Cursor

HELP = "put these names into a private hosted zone of the VPC, or forward their domain to that name server with Route 53 Resolver"


def check(workload: Workload) -> Iterator[Problem]:
    spec = Cursor(workload.pod.node).child("spec")
    dns = spec.child("dnsConfig") if spec else None
    for alias in spec.items("hostAliases") if spec else ():
        names = ", ".join(f'"{name.value}"' for name in alias.texts("hostnames"))
        yield Problem(alias.node, f"nothing adds {names or 'a name'} to the /etc/hosts of a task", HELP)
    for field, what in (("nameservers", "name servers"), ("searches", "search domains")):
        given = dns.texts(field) if dns else ()
        if given:
            yield Problem(given[0].origins[0], f"a task cannot have {what} of its own", HELP)


RULE = Rule("K2L148", "task-names", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
