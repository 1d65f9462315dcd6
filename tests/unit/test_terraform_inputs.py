"""What the inputs of the generated configuration refuse, before AWS does."""

from __future__ import annotations

from typing import Any

from k2l.aws.configuration import Parameter
from k2l.aws.expr import Lookup, Var
from k2l.aws.function import Function
from k2l.aws.http_api import Domain
from k2l.aws.inputs import Variable
from k2l.aws.queue import Queue
from k2l.formats.terraform.layout import write


def variables(*resources):
    return write(resources)["variables.tf"]


def function(name):
    given: dict[str, Any] = {"description": "", "image": "", "memory_size": 512, "timeout": 30, "architectures": ("x86_64",)}
    return Function(key=name, home=name, name=name, role=Lookup("stable_versions", name, None), **given)


def test_a_version_or_weight_for_a_function_that_is_not_there_is_refused():
    text = variables(function("web"), function("cart"))
    assert 'alltrue([for name in keys(var.stable_versions) : contains(["cart", "web"], name)])' in text
    assert "Each name has to be that of a function of this configuration." in text


def test_a_certificate_for_a_host_that_is_not_there_is_refused():
    domain = Domain(key="a", home="a", host="shop.example.com", api="", stage="")
    assert 'alltrue([for name in keys(var.certificate_arns) : contains(["shop.example.com"], name)])' in variables(domain)


def test_what_becomes_a_parameter_as_it_is_may_not_be_what_parameter_store_refuses():
    given = Variable(key="config_a", home="a", description="", required=True)
    stored = Parameter(key="/a", home="a", name="/a", value=Var("config_a"))
    assert 'var.config_a != "" && !can(regex("[{][{]", var.config_a))' in variables(given, stored)


def test_any_other_input_may_hold_anything():
    given = Variable(key="peer", home="a", description="", required=True)
    assert "validation" not in variables(given, Queue(key="a", home="a", name=Var("peer"), retention=60))
