"""Labels of an object as tags of what is made of it, within what AWS allows of tags.

https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
"""

from __future__ import annotations

from collections.abc import Mapping

from k2l import tables
from k2l.aws.expr import Expr
from k2l.converters import names
from k2l.manifest.manifest import Manifest
from k2l.targets.shared.naming import rules
from k2l.traced import Traced


def tags(*manifests: Manifest) -> Mapping[str, Expr]:
    """Those of the first object win. What several resources carry is traced in one of them: see ``untraced``."""
    most = int(tables.limits("lambda")["tags_max"])
    made: dict[str, Expr] = {}
    for manifest in manifests:
        for key, value in manifest.metadata.strings("labels").items():
            tag, name = names.tag_value(value.value, rules()), _own(names.tag_key(key, rules()), made)
            if len(made) < most and name not in made:
                made[name] = Traced(tag, value.origins, reason=None if tag == value.value else "tag-altered")
    return made


def _own(name: str, taken: Mapping[str, Expr]) -> str:
    """IAM takes no two tags whose keys differ in case only: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"""
    alike = any(name != other and name.lower() == other.lower() for other in taken)
    return f"{name[: rules().tag_key - 9]}-{names.digest(name)}" if alike else name


def untraced(traced: Mapping[str, Expr]) -> Mapping[str, Expr]:
    """The same tags without the labels' places, so that the ledger names each of them once."""
    return {key: value.value if isinstance(value, Traced) else value for key, value in traced.items()}
