"""Plain scalars as kubectl decodes them: go-yaml v2's reading, then a pass through JSON, where every number that can be an int64 is one.

https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/resolve.go
https://github.com/kubernetes-sigs/json/blob/main/json.go (integers preserved)
"""

from __future__ import annotations

import base64
import binascii
import math
import re
import struct
from decimal import Decimal

from k2l.syntax.node import Scalar

TAG = "tag:yaml.org,2002:"

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_MAY_BE_NUMBER = frozenset("+-.0123456789")
_WHOLE = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]{0,19}))")
_BASES = (16, 8, 2, 10)
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])_(?=[0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_INT64 = 1 << 63
UNKNOWN_TAG = "Kubernetes does not know this tag; remove it, or first run the tool that this file is written for"
_TYPES: dict[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
    "null": (type(None),),
}


class ScalarProblem(Exception):
    """Why Kubernetes cannot take this scalar. Never repeats it."""


def value(text: str) -> Scalar:
    """A plain scalar's value. Raises ScalarProblem for infinities and not-a-number."""
    return _through_json(_resolve(text))


def tagged(tag: str, text: str) -> Scalar:
    """The value of a scalar with an explicit tag. Raises ScalarProblem when the text is no such thing, or the tag unknown."""
    short = tag.removeprefix(TAG)
    if tag == "!" or short == "str":
        return text
    if short == "binary":
        return _binary(text)
    found = _resolve(text)
    if short == "timestamp" and _DATE.fullmatch(text):
        return text
    if short not in _TYPES and short != "timestamp":
        raise ScalarProblem(UNKNOWN_TAG)
    expected = _TYPES.get(short, ())
    if not isinstance(found, expected) or (isinstance(found, bool) and short != "bool"):
        raise ScalarProblem(f"the value is not what its tag !!{short} says; mend the value or remove the tag")
    return _through_json(found)


def key(text: str) -> str:
    """A plain scalar as a map key: Kubernetes turns numbers and booleans into strings. Raises ScalarProblem when it cannot."""
    found = _resolve(text)
    if isinstance(found, str):
        return found
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, int) and found < _INT64:
        return str(found)
    if isinstance(found, float):
        return _float_key(found)
    raise ScalarProblem("a key cannot be null or this large a number; put it in quotes")


def _resolve(text: str) -> Scalar:
    """go-yaml's value, before JSON."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAY_BE_NUMBER:
        return text
    bare = _BETWEEN_DIGITS.sub("", text) if text[0] == "." else text.replace("_", "")
    whole = _whole(bare)
    if whole is not None:
        return whole
    number = float(bare) if _DECIMAL.fullmatch(bare) else math.inf
    return text if math.isinf(number) else number


def _whole(bare: str) -> int | None:
    """An integer that fits in 64 bits, signed or (without a sign) unsigned."""
    found = _WHOLE.fullmatch(bare)
    if found is None:
        return None
    sign, *digits = found.groups()
    text, base = next((text, base) for text, base in zip(digits, _BASES, strict=True) if text)
    number = int(sign + text, base)
    return number if -_INT64 <= number < (_INT64 if sign else 2 * _INT64) else None


def _through_json(found: Scalar) -> Scalar:
    """Numbers as they come out of JSON: integral ones are integers when they fit in 64 bits, by their shortest decimal form."""
    if type(found) is int:
        return found if found < _INT64 else float(found)
    if type(found) is not float:
        return found
    if not math.isfinite(found):
        raise ScalarProblem("Kubernetes has no infinity and no not-a-number; write a number, or quotes around a text")
    whole = int(Decimal(repr(found))) if found.is_integer() else _INT64
    return whole if -_INT64 <= whole < _INT64 else found


def _binary(text: str) -> str:
    try:
        return base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        raise ScalarProblem("a !!binary value must be base64") from None


def _float_key(number: float) -> str:
    """Go's shortest single-precision form: that is what sigs.k8s.io/yaml makes of a key such as ``8.10``."""
    single = _single(number)
    if not math.isfinite(single):
        return ".nan" if math.isnan(single) else ".inf" if single > 0 else "-.inf"
    digits, scientific = next((n, text) for n in range(9) if n == 8 or _single(float(text := f"{single:.{n}e}")) == single)
    exponent = int(scientific.partition("e")[2])
    return f"{float(scientific):.{max(0, digits - exponent)}f}" if -4 <= exponent < 6 else scientific


def _single(number: float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)
