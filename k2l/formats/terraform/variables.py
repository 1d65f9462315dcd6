"""The inputs of the generated configuration: those of the plan, and the ones that every configuration may need."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from k2l import tables
from k2l.aws.inputs import Variable
from k2l.formats.terraform.shape import Context, header
from k2l.formats.terraform.syntax import Attribute, Binary, Block, Call, Expr, For, Item, Not, Object, Tuple, ref
from k2l.formats.terraform.values import expression

STRING, NUMBER, BOOL = ref("string"), ref("number"), ref("bool")
TYPES: Mapping[str, Expr] = {
    "string": STRING,
    "number": NUMBER,
    "bool": BOOL,
    "list": Call("list", (STRING,)),
    "map": Call("map", (STRING,)),
}
MAP = Object(())


class Check(Struct, frozen=True):
    """``message`` says what the value has to be, in a sentence."""

    condition: Expr
    message: str


class Standard(Struct, frozen=True):
    """An input that is declared when something refers to it."""

    type: Expr
    description: str
    default: tuple[Expr, ...] = ()
    checks: tuple[Check, ...] = ()


class Known(Struct, frozen=True):
    """What the keys of an input may be, and which inputs of the plan become parameters as they are."""

    functions: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    stored: frozenset[str] = frozenset()


def declared(variable: Variable, context: Context, known: Known) -> Block:
    told = expression(variable.description), context.places(variable).comments(variable.description)
    items: list[Item] = [Attribute("type", TYPES[variable.type]), Attribute("description", *told)]
    if not variable.required:
        items.append(Attribute("default", expression(variable.default), context.places(variable).comments(variable.default)))
    if variable.key in known.stored:
        items.append(_validation(_storable(variable.key)))
    return Block("variable", (variable.key,), tuple(items), header(variable, context.places(variable)))


def standard(name: str, known: Known) -> Block:
    """Raises LookupError when there is no such input: nobody would declare it."""
    if name not in _STANDARD:
        raise LookupError(f"nothing declares the variable {name}")
    made = _STANDARD[name](known)
    items: list[Item] = [Attribute("type", made.type), Attribute("description", made.description)]
    items += [Attribute("default", value) for value in made.default]
    items += [_validation(check) for check in made.checks]
    return Block("variable", (name,), tuple(items))


def _validation(check: Check) -> Block:
    return Block("validation", (), (Attribute("condition", check.condition), Attribute("error_message", check.message)))


def _storable(name: str) -> Check:
    """https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html"""
    value = ref("var", name)
    braces = Call("can", (Call("regex", ("[{][{]", value)),))
    return Check(
        Binary("&&", Binary("!=", value, ""), Not(braces)), "Parameter Store takes no empty value and none with two opening braces."
    )


def _only(name: str, allowed: tuple[str, ...], what: str) -> Check:
    """A name that is not there would be passed over without a word."""
    keys = For(("name",), Call("keys", (ref("var", name),)), Call("contains", (Tuple(allowed), ref("name"))))
    return Check(Call("alltrue", (keys,)), f"Each name has to be that of {what} of this configuration.")


def _all(name: str, condition: Expr) -> Expr:
    """``condition`` on every ``value`` of a map."""
    return Call("alltrue", (For(("value",), Call("values", (ref("var", name),)), condition),))


def _matches(pattern: str) -> Expr:
    return Call("can", (Call("regex", (pattern, ref("value"))),))


def _between(value: Expr, low: float, high: float) -> Expr:
    return Binary("&&", Binary(">=", value, low), Binary("<=", value, high))


def _region(_: Known) -> Standard:
    return Standard(STRING, "The AWS Region of both roots and of the images; without one the environment or the profile says it", (None,))


def _image_digests(_: Known) -> Standard:
    valid = Check(_all("image_digests", _matches("^sha256:[0-9a-f]{64}$")), "A digest is sha256: and 64 hexadecimal digits.")
    text = (
        "The digest of each function's image, by the function's name; the command that pushes an image writes it. Without one the tag holds"
    )
    return Standard(Call("map", (STRING,)), text, (MAP,), (valid,))


def _stable_versions(known: Known) -> Standard:
    valid = Check(_all("stable_versions", _matches("^[0-9]+$")), "A version is the number that AWS gave it.")
    text = "The published version that keeps a function's traffic, by the function's name. Without one its alias moves to the newest"
    return Standard(Call("map", (STRING,)), text, (MAP,), (valid, _only("stable_versions", known.functions, "a function")))


def _canary_weights(known: Known) -> Standard:
    valid = Check(_all("canary_weights", _between(ref("value"), 0, 1)), "A weight is a share of the traffic, from 0 to 1.")
    text = "The share of traffic that the newest version of a function gets, by the function's name; only beside a stable version"
    return Standard(Call("map", (NUMBER,)), text, (MAP,), (valid, _only("canary_weights", known.functions, "a function")))


def _certificate_arns(known: Known) -> Standard:
    text = "The certificate in ACM, in the same Region, of each host that gets its domain; without one the host has no domain yet"
    return Standard(Call("map", (STRING,)), text, (MAP,), (_only("certificate_arns", known.hosts, "a host"),))


def _log_retention(_: Known) -> Standard:
    days = tables.limits("logs")["retention_days"]
    choice = Call("contains", (Tuple(days), ref("var", "log_retention_in_days")))
    valid = Check(choice, f"CloudWatch keeps logs for one of these numbers of days: {', '.join(str(day) for day in days)}.")
    return Standard(NUMBER, "For how many days logs are kept", (tables.limits("defaults")["log_retention_days"],), (valid,))


def _recovery_window(_: Known) -> Standard:
    limits = tables.limits("secretsmanager")
    low, high = limits["recovery_window_min_days"], limits["recovery_window_max_days"]
    value = ref("var", "recovery_window_in_days")
    valid = Check(Binary("||", Binary("==", value, 0), _between(value, low, high)), f"Days are 0 or from {low} to {high}.")
    text = "For how many days a deleted secret can be restored; 0 deletes at once, so that one of the same name can be made again"
    return Standard(NUMBER, text, (high,), (valid,))


def _account_concurrency(_: Known) -> Standard:
    text = "The account's quota of concurrent executions in this Region (Service Quotas, AWS Lambda)"
    return Standard(NUMBER, text, (tables.limits("defaults")["account_concurrency"],))


_STANDARD: Mapping[str, Callable[[Known], Standard]] = {
    "region": _region,
    "image_digests": _image_digests,
    "stable_versions": _stable_versions,
    "canary_weights": _canary_weights,
    "certificate_arns": _certificate_arns,
    "log_retention_in_days": _log_retention,
    "recovery_window_in_days": _recovery_window,
    "account_concurrency": _account_concurrency,
}
