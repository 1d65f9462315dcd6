"""The parameters of the template: the inputs of the plan, and the ones that every template may need, each with its condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from k2l import tables
from k2l.aws.build_context import BuildContext
from k2l.aws.configuration import Parameter as Stored
from k2l.aws.elb import Listener
from k2l.aws.expr import Image, Var
from k2l.aws.function import Function
from k2l.aws.http_api import Domain
from k2l.aws.inputs import ConcurrencyBudget, Variable
from k2l.aws.resource import Resource
from k2l.formats.sam import names
from k2l.formats.sam.index import ACCOUNT_CONCURRENCY
from k2l.formats.sam.shape import Context, header
from k2l.formats.sam.syntax import Entry, Equals, List, Map, Not, Ref, Value, mapping
from k2l.formats.sam.values import STANDARD, prose
from k2l.traced import Traced

DEPLOYMENT_PREFERENCE = "DeploymentPreference"
TYPES: Mapping[str, str] = {"string": "String", "number": "Number", "bool": "String", "list": "CommaDelimitedList"}
# https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
_STORABLE = Entry("AllowedPattern", "^(?!.*[{][{]).+$")
_STORABLE_SAID = Entry("ConstraintDescription", "Parameter Store takes no empty value and none with two opening braces")


def declared(resources: tuple[Resource, ...], used: set[str], context: Context) -> Iterator[Entry]:
    """The section Parameters. ``used`` are the names that something refers to; a standard one that nothing refers to is left out."""
    for name, make in _STANDARD.items():
        if name in used:
            yield Entry(name, make())
    stored = {value.name for r in resources if isinstance(r, Stored) and isinstance(value := _plain(r.value), Var)}
    for resource in resources:
        match resource:
            case ConcurrencyBudget():
                yield Entry(ACCOUNT_CONCURRENCY, _account_concurrency(resource), header(resource, context.places(resource)))
            case Function() if (name := names.image_digest(resource.key)) in used:
                yield Entry(name, _image_digest(resource))
            case Variable():
                yield _variable(resource, resource.key in stored, context)
    yield from _certificates(resources)
    yield from (Entry(name, _digest(key, key)) for key in _of_tasks(context) if (name := names.image_digest(key)) in used)


def _certificates(resources: tuple[Resource, ...]) -> Iterator[Entry]:
    """Those of domains and of load balancers."""
    for resource in resources:
        if isinstance(resource, Domain):
            yield Entry(names.certificate(resource.key), _certificate(resource))
        elif isinstance(resource, Listener) and resource.hosts is not None:
            yield Entry(names.certificate(resource.key), _listener_certificate(resource))


def _of_tasks(context: Context) -> Iterator[str]:
    """The containers of tasks whose images are built."""
    contexts = (r for r in context.index.by_key.values() if isinstance(r, BuildContext))
    yield from (each.key for each in contexts if each.mode == "task")


def has_default(parameter: Entry) -> bool:
    """Whether it can be left as it is: what has to be answered comes first."""
    assert isinstance(parameter.value, Map)
    return any(entry.key == "Default" for entry in parameter.value.entries)


def conditions(parameters: tuple[Entry, ...]) -> Iterator[Entry]:
    """That a digest or a certificate is given: those are the parameters that may be empty."""
    for parameter in parameters:
        if parameter.key.endswith(("ImageDigest", "CertificateArn")):
            yield Entry(names.given(parameter.key), Not(Equals(Ref(parameter.key), "")))


def _variable(variable: Variable, stored: bool, context: Context) -> Entry:
    """Raises KeyError for a type that no parameter has."""
    places = context.places(variable)
    body = [Entry("Type", TYPES[variable.type]), Entry("Description", prose(str(_plain(variable.description))))]
    if not variable.required:
        default = context.values.value(variable.default)
        body.append(Entry("Default", default if default is not None else "", places.comments(variable.default)))
    if stored:
        body += (_STORABLE, _STORABLE_SAID)
    return Entry(names.parameter(variable.key), Map(tuple(body)), header(variable, places))


def _plain(value: object) -> object:
    return _plain(value.value) if isinstance(value, Traced) else value


def _deployment_preference() -> Map:
    preferences = tables.table("sam")["deployment_preferences"]
    text = "How the traffic of the functions that serve requests moves to a new version; CodeDeploy moves it back when an alarm says so"
    return mapping(Type="String", Description=text, Default=preferences[0], AllowedValues=List(tuple(preferences)))


def _log_retention() -> Map:
    days, default = tables.limits("logs")["retention_days"], tables.limits("defaults")["log_retention_days"]
    return mapping(Type="Number", Description="For how many days logs are kept", Default=default, AllowedValues=List(tuple(days)))


def _account_concurrency(budget: ConcurrencyBudget) -> Map:
    """CloudFormation compares no numbers but a parameter with its bounds; a default below them would be refused, so then there is none."""
    reserved, unreserved = (int(str(_plain(value))) for value in (budget.reserved, budget.unreserved))
    quota = tables.limits("defaults")["account_concurrency"]
    said = (
        f"The functions reserve {reserved} concurrent executions together and {unreserved} have to stay unreserved: have the account's "
        f"quota raised to {reserved + unreserved} and give it here, or lower what is reserved"
    )
    given = mapping(Default=quota).entries if reserved + unreserved <= quota else ()
    text = "The account's quota of concurrent executions in this Region (Service Quotas, AWS Lambda)"
    bound: tuple[tuple[str, Value], ...] = (("MinValue", reserved + unreserved), ("ConstraintDescription", said))
    return Map((*mapping(Type="Number", Description=text).entries, *given, *(Entry(key, value) for key, value in bound)))


def _image_digest(function: Function) -> Map:
    image = _plain(function.image)
    repository = image.repository if isinstance(image, Image) else function.key
    return _digest(function.key, repository)


def _digest(key: str, repository: str) -> Map:
    text = f"The digest of the image of {key} in the repository {repository}; without one the tag holds"
    said = "A digest is sha256: and 64 hexadecimal digits"
    return mapping(Type="String", Description=text, Default="", AllowedPattern="^(sha256:[0-9a-f]{64})?$", ConstraintDescription=said)


def _certificate(domain: Domain) -> Map:
    host = prose(str(_plain(domain.host)))
    text = f"The certificate in ACM, in the same Region, of {host}; without one the host has no domain yet"
    said = "A certificate is named by its ARN"
    return mapping(Type="String", Description=text, Default="", AllowedPattern="^(arn:[^:]+:acm:.+)?$", ConstraintDescription=said)


def _listener_certificate(listener: Listener) -> Map:
    """Without a default where plain HTTP would not do."""
    hosts = _plain(listener.hosts)
    named = ", ".join(str(_plain(host)) for host in hosts) if isinstance(hosts, tuple) else str(hosts)
    text, said = prose(f"The certificate in ACM, in the same Region, for {named}"), "A certificate is named by its ARN"
    if listener.required:
        return mapping(Type="String", Description=text, AllowedPattern="^arn:[^:]+:acm:.+$", ConstraintDescription=said)
    text += "; without one only plain HTTP is served"
    return mapping(Type="String", Description=text, Default="", AllowedPattern="^(arn:[^:]+:acm:.+)?$", ConstraintDescription=said)


_STANDARD: Mapping[str, Callable[[], Map]] = {
    STANDARD["log_retention_in_days"]: _log_retention,
    DEPLOYMENT_PREFERENCE: _deployment_preference,
}
