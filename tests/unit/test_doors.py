"""What is spoken at the ports of a workload, and what Services lead to."""

from __future__ import annotations

import textwrap

import pytest

from k2l import graph, manifests, source
from k2l.joins import doors

POD = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: web, ports: [{ports}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: {service}}}, ports: [{entrances}]}}
"""
ROUTE = """
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 5432}}}}
"""


def workload(ports="", entrances="", more="", service="web"):
    loaded = source.load(textwrap.dedent(POD.format(ports=ports, entrances=entrances, service=service) + more), "x.yaml")
    objects = manifests.read(loaded.objects)
    return graph.build(objects, manifests.facts(objects)).workloads[0]


def spoken(port):
    (door,) = doors.doors(workload(port))
    return door.says().speech


@pytest.mark.parametrize(
    ("port", "speech"),
    [
        ("{containerPort: 8080}", "unknown"),
        ("{containerPort: 8080, name: http}", "http"),
        ("{containerPort: 8080, name: web-ui}", "http"),
        ("{containerPort: 8443}", "https"),
        ("{containerPort: 9000, name: grpc}", "grpc"),
        ("{containerPort: 9000, name: http2-api}", "grpc"),
        ("{containerPort: 9000, name: grpc-web}", "http"),
        ("{containerPort: 50051}", "grpc"),
        ("{containerPort: 50051, name: http}", "http"),
        ("{containerPort: 8080, name: ws}", "websocket"),
        ("{containerPort: 9090, name: http-metrics}", "metrics"),
        ("{containerPort: 6379}", "tcp"),
        ("{containerPort: 7000, name: tcp-redis}", "tcp"),
        ("{containerPort: 53, protocol: UDP}", "datagram"),
    ],
)
def test_what_a_port_speaks_is_taken_from_its_words_before_its_number(port, speech):
    assert spoken(port) == speech


def test_an_app_protocol_is_stronger_than_a_name():
    (door,) = doors.doors(workload("{containerPort: 80, name: http}", "{port: 80, appProtocol: kubernetes.io/h2c}"))
    assert door.says().words == 'its appProtocol is "kubernetes.io/h2c"'


def test_the_name_of_the_services_port_counts_as_well():
    (door,) = doors.doors(workload("{containerPort: 9000}", "{port: 9000, name: grpc}"))
    assert door.says().speech == "grpc"


def test_a_service_port_leads_to_the_container_port_that_it_names():
    (door,) = doors.doors(workload("{containerPort: 8080, name: web}", "{port: 80, targetPort: web}"))
    assert (door.number, len(door.exposed)) == (8080, 1)


def test_a_service_port_without_target_leads_to_its_own_number():
    (door,) = doors.doors(workload(entrances="{port: 80}"))
    assert door.number == 80


def test_a_target_that_no_container_has_leads_to_no_number():
    (door,) = doors.doors(workload(entrances="{port: 80, targetPort: web}"))
    assert door.number is None


def test_only_what_services_lead_to_is_used():
    both = workload("{containerPort: 8080}, {containerPort: 6379}", "{port: 80, targetPort: 8080}")
    assert [door.number for door in doors.used(both)] == [8080]


def test_an_ingress_shows_that_a_port_is_http():
    (door,) = doors.doors(workload("{containerPort: 5432}", "{port: 5432}", ROUTE))
    assert door.routed


def test_of_a_pod_that_no_service_selects_every_port_is_used():
    alone = workload("{containerPort: 8080}, {containerPort: 6379}", service="other")
    assert [door.number for door in doors.used(alone)] == [8080, 6379]
