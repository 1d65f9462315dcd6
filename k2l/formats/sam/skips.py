"""Resources with what scanners are told to skip: checkov reads it in their Metadata, trivy right above them."""

from __future__ import annotations

from msgspec.structs import replace

from k2l.formats.sam.syntax import Entry, List, Map, mapping
from k2l.formats.scanners import Skip, known, skips


def told(resource: Entry) -> Entry:
    assert isinstance(resource.value, Map)
    parts = {entry.key: entry.value for entry in resource.value.entries}
    kind = str(parts["Type"])
    if not known("sam", kind):
        return resource
    properties = parts.get("Properties")
    arguments = {entry.key for entry in properties.entries} if isinstance(properties, Map) else set()
    found = skips("sam", kind, arguments)
    above = tuple(skip.comment for skip in found if skip.scanner == "trivy")
    return replace(resource, value=_with_metadata(resource.value, found), comments=(*resource.comments, *above))


def _with_metadata(body: Map, found: tuple[Skip, ...]) -> Map:
    """https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html"""
    items = tuple(mapping(id=skip.check, comment=skip.reason) for skip in found if skip.scanner == "checkov")
    if not items:
        return body
    told = Entry("checkov", mapping(skip=List(items)))
    there = next((entry for entry in body.entries if entry.key == "Metadata"), Entry("Metadata", Map()))
    assert isinstance(there.value, Map)
    others = tuple(entry for entry in body.entries if entry.key != "Metadata")
    return Map((*others, replace(there, value=Map((*there.value.entries, told)))))
