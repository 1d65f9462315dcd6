"""Typed values into the text that ``terraform fmt`` would leave as it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from k2l.formats.terraform.quoting import checked, comment, escape, key, quote
from k2l.formats.terraform.syntax import (
    Attribute,
    Binary,
    Blank,
    Block,
    Call,
    Conditional,
    Expr,
    For,
    Index,
    Item,
    Not,
    Object,
    Splat,
    Template,
    Traversal,
    Tuple,
)

WIDTH = 110
# How tightly each binds: https://developer.hashicorp.com/terraform/language/expressions/operators
_BINDS = {
    **dict.fromkeys(("||",), 1),
    **dict.fromkeys(("&&",), 2),
    **dict.fromkeys(("==", "!="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%"), 6),
}


def render(items: Iterable[Item]) -> str:
    """The text of a file or body; ``terraform fmt`` changes nothing in it.

    Raises ValueError for what HCL cannot say: infinity, a name that is none, an unknown operator."""
    lines: list[str] = []
    _body(items, "", lines)
    return "\n".join((*lines, ""))


def _body(items: Iterable[Item], pad: str, lines: list[str]) -> None:
    run: list[tuple[str, str]] = []
    previous: Item | None = None
    for item in items:
        if previous is not None and (isinstance(previous, Block) or not isinstance(item, Attribute)) and not isinstance(previous, Blank):
            _flush(run, pad, lines)
            lines.append("")
        if isinstance(item, Attribute):
            name = checked(item.name)
            _assign(name, _pretty(item.value, pad, len(name) + 3), item.comments, pad, run, lines)
        elif isinstance(item, Block):
            _block(item, pad, lines)
        previous = item
    _flush(run, pad, lines)


def _block(block: Block, pad: str, lines: list[str]) -> None:
    lines.extend(f"{pad}# {comment(text)}" for text in block.comments)
    head = " ".join((checked(block.type), *(quote(label) for label in block.labels)))
    if not block.items:
        lines.append(f"{pad}{head} {{}}")
        return
    lines.append(f"{pad}{head} {{")
    _body(block.items, f"{pad}  ", lines)
    lines.append(f"{pad}}}")


def _assign(name: str, text: str, comments: Sequence[str], pad: str, run: list[tuple[str, str]], lines: list[str]) -> None:
    """One ``name = value``. Lines that follow one another are aligned; a comment or a value of several lines ends such a run."""
    if comments:
        _flush(run, pad, lines)
        lines.extend(f"{pad}# {comment(text)}" for text in comments)
    if "\n" in text:
        _flush(run, pad, lines)
        lines.append(f"{pad}{name} = {text}")
    else:
        run.append((name, text))


def _flush(run: list[tuple[str, str]], pad: str, lines: list[str]) -> None:
    if run:
        width = max([len(name) for name, _ in run])
        lines.extend([f"{pad}{name.ljust(width)} = {text}" for name, text in run])
        run.clear()


def _pretty(value: Expr, pad: str, used: int = 0) -> str:
    """``value`` on a line indented by ``pad``, after ``used`` more characters; objects and what is long take several lines."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Object):
        return _object(value, pad)
    if isinstance(value, Tuple):
        return _tuple(value, pad, used)
    if isinstance(value, Call) and value.args:
        return _call(value, pad, used)
    return _inline(value)


def _object(value: Object, pad: str) -> str:
    if not value.entries:
        return "{}"
    run: list[tuple[str, str]] = []
    lines: list[str] = []
    inner = f"{pad}  "
    for entry in value.entries:
        name = _key(entry.key)
        _assign(name, _within(entry.value, inner, len(name) + 3), entry.comments, inner, run, lines)
    _flush(run, inner, lines)
    return "\n".join(("{", *lines, f"{pad}}}"))


def _within(value: Expr, pad: str, used: int) -> str:
    """``value`` of an entry: an object takes one line when it has one entry without a comment, and that fits."""
    if isinstance(value, Object) and len(value.entries) == 1 and _is_bare(value):
        text = _inline(value)
        if len(pad) + used + len(text) <= WIDTH:
            return text
    return _pretty(value, pad, used)


def _is_bare(value: Expr) -> bool:
    """No comment in it, and no list, which reads better on lines of its own."""
    return not isinstance(value, Tuple) and (
        not isinstance(value, Object) or all(not entry.comments and _is_bare(entry.value) for entry in value.entries)
    )


def _tuple(value: Tuple, pad: str, used: int) -> str:
    if not any(isinstance(item, Object) and item.entries for item in value.items):
        text = _inline(value)
        if len(pad) + used + len(text) <= WIDTH or len(value.items) < 2:
            return text
    elif len(value.items) == 1:
        return f"[{_pretty(value.items[0], pad)}]"
    inner = f"{pad}  "
    return "\n".join(("[", *(f"{inner}{_pretty(item, inner)}," for item in value.items), f"{pad}]"))


def _call(value: Call, pad: str, used: int) -> str:
    """The last argument may take several lines; the ones before it stay on the first, and an object among them keeps all on it,
    because ``terraform fmt`` would take its ``=`` for one to align."""
    *first, last = value.args
    head = f"{checked(value.name)}({''.join([f'{_inline(arg)}, ' for arg in first])}"
    return _inline(value) if "{" in head else f"{head}{_pretty(last, pad, used + len(head))})"


def _inline(value: Expr) -> str:
    """``value`` on one line."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Traversal):
        return _traversal(value)
    if isinstance(value, (Call, Tuple, Object)):
        return _collection(value)
    if isinstance(value, Template):
        return _template(value.parts)
    if value is None or isinstance(value, (bool, int, float)):
        return _scalar(value)
    return _operation(value)


@lru_cache(maxsize=4096)
def _traversal(value: Traversal) -> str:
    return checked(str(value.parts[0])) + "".join(_step(part) for part in value.parts[1:])


def _collection(value: Call | Tuple | Object) -> str:
    if isinstance(value, Object):
        inside = ", ".join([f"{_key(entry.key)} = {_inline(entry.value)}" for entry in value.entries])
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Tuple):
        return f"[{', '.join([_inline(item) for item in value.items])}]"
    return f"{checked(value.name)}({', '.join([_inline(arg) for arg in value.args])})"


def _operation(value: Conditional | Not | Binary | For) -> str:
    match value:
        case Not(operand):
            return f"!{_operand(operand)}"
        case Conditional(condition, yes, no):
            return f"{_operand(condition)} ? {_operand(yes)} : {_operand(no)}"
        case Binary(operator, left, right):
            if operator not in _BINDS:
                raise ValueError(f"{operator!r} is not an operator of HCL")
            return f"{_operand(left, operator)} {operator} {_operand(right, operator)}"
        case For(names, source, result, into, condition):
            over = _inline(source)
            # terraform fmt takes ``in`` before a parenthesis for the name of a function.
            head = f"for {', '.join(checked(name) for name in names)} in{'' if over.startswith('(') else ' '}{over} :"
            tail = f" if {_inline(condition)}" if condition is not None else ""
            if into is None:
                return f"[{head} {_inline(result)}{tail}]"
            return f"{{ {head} {_inline(into)} => {_inline(result)}{tail} }}"


def _operand(value: Expr, operator: str | None = None) -> str:
    """In parentheses unless it binds more tightly than ``operator``; ``&&`` within ``||`` gets them too, for the reader."""
    text = _inline(value)
    if isinstance(value, Binary) and operator and _BINDS[value.operator] > max(_BINDS[operator], _BINDS["&&"]):
        return text
    return f"({text})" if isinstance(value, (Conditional, Binary)) else text


def _step(part: str | Index) -> str:
    if isinstance(part, str):
        return f".{checked(part)}"
    if isinstance(part.key, Splat):
        return "[*]"
    return f"[{_inline(part.key)}]"


def _key(value: str | Traversal | Template) -> str:
    return key(value) if isinstance(value, str) else f"({_inline(value)})"


def _scalar(value: float | bool | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not math.isfinite(value):
        raise ValueError("HCL has no number for infinity or not-a-number")
    return repr(value)


def _template(parts: tuple[Expr, ...]) -> str:
    """Literals are joined before they are escaped, and a ``$`` before an interpolation is written by its number:
    with the interpolation's own it would read as an escaped one."""
    merged = _merged(parts)
    if len(merged) == 1:
        return _inline(merged[0])
    out = []
    for here, following in zip(merged, (*merged[1:], ""), strict=True):
        if not isinstance(here, str):
            out.append(f"${{{_inline(here)}}}")
        elif here.endswith("$") and not isinstance(following, str):
            out.append(f"{escape(here[:-1])}\\u0024")
        else:
            out.append(escape(here))
    return f'"{"".join(out)}"'


def _merged(parts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    found: list[Expr] = []
    for part in _flat(parts):
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found) or ("",)


def _flat(parts: tuple[Expr, ...]) -> Iterable[Expr]:
    for part in parts:
        if isinstance(part, Template):
            yield from _flat(part.parts)
        elif isinstance(part, (bool, int, float)):
            yield _scalar(part)
        else:
            yield part
