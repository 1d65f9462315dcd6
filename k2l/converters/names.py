"""Names of AWS resources, each from its own Kubernetes object only, so that adding a manifest renames nothing.

A name is legal for AWS whatever the object is called. What had to be altered carries eight hexadecimal digits of the object's id.
A function's name joins namespace and name with a dash, so different objects can want one name (``a-b``/``c`` and ``a``/``b-c``): the caller
refuses that. Paths (parameters, secrets) keep their parts apart and are as distinct as the objects.
Rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html,
https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from msgspec import Struct

ON_FAILURE_QUEUE = "-failed"
UNDELIVERED_QUEUE = "-undelivered"
SCHEDULER_ROLE = "-schedule"
SCHEDULES = ("-dom", "-dow")
"""What is put behind a function's name: its queues, the role of its schedules, a pair of schedules for one CronJob."""

_PLAIN_TAG = re.compile(r"[A-Za-z0-9 _.:/=+@-]*")
_KINDS = {"CronJob": "-cron", "Job": "-job", "StatefulSet": "-set"}
_ARN = len("arn:aws-us-gov:ssm:ap-southeast-2:123456789012:parameter")
# Namespaces have no dot, so these first parts of a path can never be one.
_ENVIRONMENT, _URL, _ESCAPED = "k2l.env", "k2l.url", "k8s."


class NameRules(Struct, frozen=True):
    """The longest names that AWS takes, in characters, from the tables; ``region`` is the longest Region code."""

    function: int
    role: int
    schedule: int
    queue: int
    parameter: int
    secret: int
    repository: int
    region: int
    tag_key: int
    tag_value: int


def digest(identity: str) -> str:
    """Eight hexadecimal digits that stand for ``identity``."""
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def slug(text: str, identity: str, longest: int, suffix: str = "") -> str:
    """``text`` and ``suffix`` where they fit and are lower-case letters, digits and dashes within; else made so, with a digest."""
    if re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", text) and len(text + suffix) <= longest:
        return text + suffix
    return altered(text, identity, longest, suffix)


def altered(text: str, identity: str, longest: int, suffix: str = "") -> str:
    """As much of ``text`` as fits between lower-case letters, digits and single dashes, with a digest of ``identity``."""
    clean = re.sub(r"[^a-z0-9]+", "-", text.lower())[: longest - len(suffix) - 9].strip("-")
    return f"{clean}-{digest(identity)}{suffix}".lstrip("-")


def longest_function(kind: str, rules: NameRules) -> int:
    """How long a function's name may be so that every name derived from it is legal too."""
    region = 1 + rules.region
    rooms = [rules.function, rules.role - region, rules.queue - len(ON_FAILURE_QUEUE)]
    if kind == "CronJob":
        rooms += [rules.role - region - len(SCHEDULER_ROLE), rules.queue - len(UNDELIVERED_QUEUE)]
        rooms += [rules.schedule - len(suffix) for suffix in SCHEDULES]
    return min(rooms)


def function_name(kind: str, namespace: str | None, name: str, rules: NameRules) -> str:
    """``<namespace>-<name>``, in the default namespace ``<name>``, with -job, -cron or -set for those kinds; also the image's folder."""
    home = namespace or "default"
    plain = name if home == "default" else f"{home}-{name}"
    return slug(plain, f"{kind}/{home}/{name}", longest_function(kind, rules), _KINDS.get(kind, ""))


def unfit(function: str, kind: str, rules: NameRules) -> str | None:
    """Why a name that the user wants for a function cannot be one; None when it can."""
    longest = longest_function(kind, rules)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", function):
        return f"function name {function!r} may hold letters, digits, dashes and underscores only"
    if len(function) > longest:
        return f"function name {function!r} is longer than {longest} characters, which names derived from it need"
    return None


def role_prefix(function: str, suffix: str = "") -> str:
    """The name of a role of the function, up to the Region that must follow: roles are shared by all Regions of an account."""
    return f"{function}{suffix}-"


def label(namespace: str) -> str:
    """A namespace as a part of a DNS name: itself, unless it is none that Kubernetes would take."""
    return slug(namespace, namespace, 63)


def fitting_role_prefix(name: str, suffix: str, rules: NameRules) -> str:
    """``role_prefix`` of a name that leaves no room for this suffix: then with a digest of both."""
    whole, longest = f"{name}{suffix}", rules.role - rules.region - 1
    return f"{whole if len(whole) <= longest else altered(name, whole, longest, suffix)}-"


def pull_input(namespace: str, secret: str) -> str:
    """The input for the credentials of a registry: ``pull_<namespace>_<secret>``."""
    return _input("pull", (namespace, secret), certain=namespace.isalnum() and secret.isalnum())


def log_group(function: str) -> str:
    return f"/aws/lambda/{function}"


def parameter_name(namespace: str | None, configmap: str, key: str, rules: NameRules) -> str:
    """The SSM parameter of one key of a ConfigMap: ``/<namespace>/<configmap>/<key>``."""
    return _parameter((namespace or "default", configmap, key), rules)


def parameter_path(namespace: str | None, configmap: str, rules: NameRules) -> str:
    """What the parameters of all keys of a ConfigMap begin with, where that is short enough for every key."""
    return _parameter((namespace or "default", configmap), rules) + "/"


def environment_parameter(function: str, variable: str, rules: NameRules) -> str:
    """The SSM parameter of a literal environment variable that Lambda cannot hold."""
    return _parameter((_ENVIRONMENT, function, variable), rules)


def url_parameter(function: str, rules: NameRules) -> str:
    """The SSM parameter that holds a function's URL, for its callers."""
    return _parameter((_URL, function), rules)


def secret_name(namespace: str | None, name: str, rules: NameRules) -> str:
    """``<namespace>/<name>``. An end of a dash and six characters stays: it confuses only searches by partial ARN, and there are none."""
    return _path((namespace or "default", name), rules.secret)


def environment_secret(function: str, rules: NameRules) -> str:
    """The secret for literal values of a function's environment that look like credentials, one key each."""
    return _path((_ENVIRONMENT, function), rules.secret)


def service_input(namespace: str, name: str, port: int | None) -> str:
    """The input that says where a Service is: ``service_<namespace>_<name>``, with ``_<port>`` for one of its ports."""
    parts = (namespace, name) if port is None else (namespace, name, str(port))
    # A name may end like one with a port; that of a Service has dashes only, but nobody has checked these.
    certain = _is_plain(namespace) and _is_plain(name.replace("-", "")) and (port is not None or not re.search(r"-\d+$", name))
    return _input("service", parts, certain=certain)


def is_service_input(key: str) -> bool:
    return key.startswith("service_")


def config_input(namespace: str, configmap: str, key: str) -> str:
    """The input for one value of a ConfigMap: ``config_<namespace>_<configmap>_<key>``."""
    plain = re.fullmatch(r"[A-Za-z0-9_]+", key) is not None
    return _input("config", (namespace, configmap, key), certain=plain and _is_plain(namespace) and _is_plain(configmap))


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _input(kind: str, parts: tuple[str, ...], *, certain: bool) -> str:
    """With a digest, unless it is certain that other parts have another name."""
    name = "_".join((kind, *(re.sub(r"[^A-Za-z0-9]", "_", part) for part in parts)))
    return name if certain else f"{name}_{digest('/'.join(parts))}"


def tag_key(text: str, rules: NameRules) -> str:
    """A label's key as a tag's. Distinct keys stay distinct."""
    clean = _tag(text)
    if clean == text and 0 < len(text) <= rules.tag_key and not text.lower().startswith("aws:"):
        return text
    free = re.sub("^(aws):", r"\1_", clean, flags=re.IGNORECASE)
    return f"{free[: rules.tag_key - 9]}-{digest(text)}"


def tag_value(text: str, rules: NameRules) -> str:
    """A label's value as a tag's: cut to length, with ``_`` for characters that tags cannot hold."""
    return _tag(text)[: rules.tag_value]


def _tag(text: str) -> str:
    if _PLAIN_TAG.fullmatch(text):
        return text
    return "".join(c if c in " _.:/=+-@" or unicodedata.category(c)[0] in "LN" else "_" for c in text)


def _parameter(parts: tuple[str, ...], rules: NameRules) -> str:
    first, *rest = parts
    if re.match("aws|ssm", first, re.IGNORECASE):
        first = _ESCAPED + first
    return "/" + _path((first, *rest), rules.parameter - _ARN - 1)


def _path(parts: Iterable[str], longest: int) -> str:
    kept = tuple(parts)
    path = "/".join(re.sub(r"[^A-Za-z0-9_.-]", "_", part) or "_" for part in kept)
    if path == "/".join(kept) and len(path) <= longest:
        return path
    return f"{path[: longest - 9]}-{digest('/'.join(kept))}"
