"""A function with everything that SAM writes into it: alias, provisioned concurrency, failures, URL, and what invokes it, as events.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from k2l.aws.build_context import BuildContext
from k2l.aws.expr import Image, Ref
from k2l.aws.function import Alias, Function, Permission
from k2l.aws.http_api import Integration, Route
from k2l.aws.resource import Resource
from k2l.aws.schedule import Schedule
from k2l.formats import images
from k2l.formats.sam import names
from k2l.formats.sam.index import reference
from k2l.formats.sam.names import Spelling
from k2l.formats.sam.parameters import DEPLOYMENT_PREFERENCE
from k2l.formats.sam.shape import Context, Given, Shape, entry, header, properties
from k2l.formats.sam.syntax import Entry, List, Map, mapping
from k2l.formats.sam.syntax import Ref as Reference
from k2l.formats.sam.values import prose
from k2l.traced import Traced

_EVENTS = (Schedule, Route)
_ELSEWHERE = (*_EVENTS, Integration, Permission)


def build(function: Function, context: Context) -> Iterator[Entry]:
    parts = context.within(function)
    own = [prop for part in parts if not isinstance(part, _ELSEWHERE) for prop in _part(part, context)]
    events = tuple(_event(part, context) for part in parts if isinstance(part, _EVENTS))
    made = (*properties(function, context), *own, *((Entry("Events", Map(events)),) if events else ()))
    yield entry(function, Map(made), context, attributes=_metadata(function, context))


def _part(part: Resource, context: Context) -> tuple[Entry, ...]:
    given: dict[str, Entry] = {}
    if isinstance(part, Alias):
        _refuse_what_is_no_literal(part)
        given["DeploymentPreference.Type"] = Entry("Type", Reference(DEPLOYMENT_PREFERENCE))
        if not part.gradual:
            return tuple(prop for prop in properties(part, context) if prop.key != "DeploymentPreference")
    first, *rest = properties(part, context, given)
    return (Entry(first.key, first.value, (*_header(part, context), *first.comments)), *rest)


def _header(part: Resource, context: Context) -> tuple[str, ...]:
    """Objects that the function does not stand for."""
    own = context.index.holder(part).origins
    return header(replace(part, origins=tuple(origin for origin in part.origins if origin not in own)), context.places(part))


def _refuse_what_is_no_literal(alias: Alias) -> None:
    """SAM makes logical ids from the alias's name."""
    if not isinstance(alias.name, str):
        raise TypeError(f"the name of the alias {alias.key} is not known before the deployment")


def _event(part: Resource, context: Context) -> Entry:
    own = names.class_of(part)
    if isinstance(part, Route):
        return _route(part, own, context)
    return Entry(own.logical_id(part.key), mapping(Type=own.event, Properties=Map(properties(part, context))), _header(part, context))


def _route(route: Route, own: Spelling, context: Context) -> Entry:
    """``$default`` is what an event without path and method is for."""
    key = route.route_key.value if isinstance(route.route_key, Traced) else route.route_key
    method, _, path = str(key).partition(" ")
    comments = context.places(route).comments(route.route_key)
    given: Given = {"Path": Entry("Path", context.values.value(path)), "Method": Entry("Method", method)}
    found = tuple(prop for prop in properties(route, context, given) if path or prop.key not in given)
    (events,) = properties(context.index.at(reference(route.integration)), context)
    assert isinstance(events.value, Map)
    made = mapping(Type=own.event, Properties=Map((*found, *events.value.entries)))
    return Entry(own.logical_id(route.key), made, (*_header(route, context), *comments))


def _metadata(function: Function, context: Context) -> Given:
    """The objects it stands for, which the processed template says too; and where its image is built from.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build.html"""
    objects = tuple(prose(line) for line in context.places(function).header(function.origins))
    from_objects = mapping(KubernetesObjects=List(objects)).entries if objects else ()
    image: Any = function.image.value if isinstance(function.image, Traced) else function.image
    if function.key in context.index.built and isinstance(image, Image):
        built = context.index.at(Ref("BuildContext", function.key, ""))
        assert isinstance(built, BuildContext)
        folder, dockerfile = images.context(built)
        from_objects = (*mapping(Dockerfile=dockerfile, DockerContext=folder, DockerTag=image.tag).entries, *from_objects)
    return {"Metadata": Entry("Metadata", Map(from_objects))} if from_objects else {}


SHAPE = Shape(Function, build)
