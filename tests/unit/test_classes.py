"""Ingress classes: by their objects, not only by their names."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l.aws.http_api import HttpApi

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: "registry.example/web:1.0", ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: web, annotations: {{{scheme}}}}}
spec:
  {named}
  defaultBackend: {{service: {{name: web, port: {{number: 80}}}}}}
---
"""
CLASS = "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: %s, annotations: {%s}}, spec: {controller: %s}}"
DEFAULT = 'ingressclass.kubernetes.io/is-default-class: "true"'


def web(*classes, named="ingressClassName: front", scheme=""):
    return bundle(WEB.format(named=named, scheme=scheme) + "\n---\n".join(classes))


def test_the_class_of_an_internal_controller_stays_private_whatever_its_name():
    found = web(CLASS % ("front", "", "ingress.k8s.aws/alb"))
    assert found.plan.of(HttpApi) == ()
    assert "K2L213" in found.codes
    assert found.fate("spec.controller") == ("mapped", None)


def test_a_scheme_that_says_otherwise_makes_it_public():
    found = web(CLASS % ("front", "", "ingress.k8s.aws/alb"), scheme="alb.ingress.kubernetes.io/scheme: internet-facing")
    assert len(found.plan.of(HttpApi)) == 1


def test_the_class_of_another_controller_is_public():
    found = web(CLASS % ("front", "", "k8s.io/ingress-nginx"))
    assert len(found.plan.of(HttpApi)) == 1
    assert found.fate("spec.controller") == ("not-applicable", "no-load-balancer")


def test_an_ingress_without_a_class_has_the_default_one():
    found = web(CLASS % ("front", DEFAULT, "ingress.k8s.aws/alb"), named="rules: []")
    assert found.plan.of(HttpApi) == ()


@pytest.mark.parametrize("classes", [(CLASS % ("front", "", "ingress.k8s.aws/alb"),), ()])
def test_without_a_default_an_ingress_without_a_class_is_public(classes):
    assert len(web(*classes, named="rules: []").plan.of(HttpApi)) == 1


def test_two_defaults_are_none():
    both = tuple(CLASS % (name, DEFAULT, "ingress.k8s.aws/alb") for name in ("front", "back"))
    assert len(web(*both, named="rules: []").plan.of(HttpApi)) == 1
