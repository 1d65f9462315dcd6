"""Where manifests come from: one file for each kind of source, found by its constant of type Source.

Names do not depend on where the working directory is. A folder's files are named by their path below it (``web/deploy.yaml``), a file
by its last part, standard input ``stdin``. When two arguments would give the same name, all names of both are put behind as many last
parts of their argument as tell them apart (``a/deploy.yaml`` and ``b/deploy.yaml``). A file reached twice is read once.

Whoever says ``as_given`` has every file named as the user may open it instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path, PurePath
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from k2l import registry
from k2l.disk import is_folder
from k2l.errors import UserError
from k2l.source import Loaded, Node, decode, load


class Input(Struct, frozen=True):
    """A file that objects came from (or should have); ``sha256`` of its bytes, in hexadecimal."""

    file: str
    sha256: str


class Notice(Struct, frozen=True):
    """Something that was left out, and why; nothing is wrong with it."""

    message: str
    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return str(UserError(self.message, self.file, self.line, self.column))


class Text(Struct, frozen=True):
    """One stream of documents. ``named``: the user asked for this very one, so all of it must be Kubernetes objects.
    ``identity`` is equal for the same file reached in two ways. ``template`` is what it was rendered
    from; then its lines stand in no file."""

    file: str
    data: bytes
    named: bool = True
    identity: str | None = None
    template: str | None = None


Piece = Text | Notice | UserError


class Rendering(Struct, frozen=True):
    """What charts are rendered with: files of values, ``KEY=VALUE``s that win over them, and the namespace of the release."""

    values: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    namespace: str = "default"


class Given(Struct, frozen=True):
    """What a source may need beside the argument that it reads."""

    stdin: BinaryIO | None = None
    rendering: Rendering = Rendering()


class Source(Struct, frozen=True):
    """``takes`` says whether an argument of the command line is for this source; of those that take it the first by ``order`` reads it.

    ``read`` gives what it found, with file names below the argument (None: the argument itself), and raises nothing."""

    name: str
    takes: Callable[[str], bool]
    read: Callable[[str, Given], Iterator[Piece]]
    order: int = 0


class Gathered(Struct, frozen=True):
    """Everything that the arguments of a command lead to, in the order of the arguments and then of file names; ``inputs`` by name."""

    inputs: tuple[Input, ...]
    objects: tuple[Node, ...]
    problems: tuple[UserError, ...]
    notices: tuple[Notice, ...]


def gather(
    paths: Sequence[str],
    stdin: BinaryIO | None = None,
    rendering: Rendering = Rendering(),  # noqa: B008 - it is frozen
    *,
    allow_empty: bool = False,
    as_given: bool = False,
) -> Gathered:
    """The objects that ``paths`` lead to; without paths those of ``stdin``. Never raises for what it reads: see Gathered.problems.

    No objects at all are a problem unless ``allow_empty``."""
    arguments = tuple(dict.fromkeys(paths)) or ("-",)
    found = _Collection()
    given = Given(stdin, rendering)
    groups = [(argument, _read(argument, given)) for argument in arguments]
    for piece in _named_as_given(groups) if as_given else _named_apart(groups):
        found.add(piece)
    if not found.objects and not found.problems and not allow_empty:
        words = "standard input" if arguments == ("-",) else ", ".join(arguments)
        found.problems.append(UserError(f"there are no Kubernetes objects in {words}; --allow-empty accepts that"))
    return Gathered(
        tuple(sorted(found.inputs, key=lambda each: each.file)), tuple(found.objects), tuple(found.problems), tuple(found.notices)
    )


def _read(argument: str, given: Given) -> list[Piece]:
    sources = sorted(registry.collect(__name__, Source), key=lambda source: (source.order, source.name))
    return next(list(source.read(argument, given)) for source in sources if source.takes(argument))


def _named_as_given(groups: list[tuple[str, list[Piece]]]) -> Iterator[Piece]:
    """The pieces, each under the path that leads to it from here."""
    for argument, pieces in _once(groups):
        path = Path(argument)
        is_file = not is_folder(path)
        start = path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path
        for piece in pieces:
            below = piece.file is not None and not (is_file and piece.file == path.name) and argument != "-"
            name = (start / (piece.file or "")).as_posix() if below else "stdin" if argument == "-" else start.as_posix()
            yield _under(piece, None if argument == "-" and piece.file is None else name)


def _named_apart(groups: list[tuple[str, list[Piece]]]) -> Iterator[Piece]:
    """The pieces, each under a name that no other file has."""
    groups = [(argument, list(pieces)) for argument, pieces in _once(groups)]
    owners = Counter(name for _, pieces in groups for name in {piece.file for piece in pieces if piece.file is not None})
    clashing = {argument for argument, pieces in groups if any(owners[piece.file] > 1 for piece in pieces if piece.file is not None)}
    prefixes = _prefixes(clashing)
    for argument, pieces in groups:
        for piece in pieces:
            yield _renamed(piece, prefixes.get(argument), argument)


def _once(groups: list[tuple[str, list[Piece]]]) -> Iterator[tuple[str, list[Piece]]]:
    seen: set[str] = set()
    for argument, pieces in groups:
        fresh = [p for p in pieces if not (isinstance(p, Text) and p.identity in seen)]
        seen |= {p.identity for p in fresh if isinstance(p, Text) and p.identity}
        yield argument, fresh


def _prefixes(arguments: set[str]) -> dict[str, str]:
    """For each argument as many of its last parts as no other has."""
    parts = {argument: PurePath(argument).parts for argument in arguments}
    found = {}
    for argument, own in parts.items():
        others = [theirs for other, theirs in parts.items() if other != argument]
        length = next((n for n in range(1, len(own)) if all(own[-n:] != theirs[-n:] for theirs in others)), len(own))
        found[argument] = PurePath(*own[-length:]).as_posix() if own else "."
    return found


def _renamed(piece: Piece, prefix: str | None, argument: str) -> Piece:
    name: str | None
    if piece.file is None:
        name = None if argument == "-" else PurePath(argument).as_posix()
    elif prefix is None:
        name = piece.file
    else:
        # A file argument's only name is the last part of the argument.
        name = prefix if PurePath(prefix).name == piece.file else f"{prefix}/{piece.file}"
    return _under(piece, name or (None if isinstance(piece, UserError) else argument))


def _under(piece: Piece, name: str | None) -> Piece:
    """The piece under another name."""
    if isinstance(piece, UserError):
        return UserError(piece.message, name, piece.line, piece.column)
    return replace(piece, file=name or piece.file)


class _Collection:
    """What gather returns, while it grows."""

    def __init__(self) -> None:
        self.inputs: list[Input] = []
        self.objects: list[Node] = []
        self.problems: list[UserError] = []
        self.notices: list[Notice] = []

    def add(self, piece: Piece) -> None:
        if isinstance(piece, UserError):
            self.problems.append(piece)
        elif isinstance(piece, Notice):
            self.notices.append(piece)
        else:
            self._add_text(piece)

    def _add_text(self, text: Text) -> None:
        try:
            loaded = load(decode(text.data, text.file), text.file, text.template)
        except UserError as problem:
            loaded = Loaded((), (problem,))
        objects = [node for node in loaded.objects if self._is_object(node, text)]
        self.objects += objects
        self.problems += loaded.problems
        if objects or loaded.problems:
            self.inputs.append(Input(text.file, sha256(text.data).hexdigest()))

    def _is_object(self, node: Node, text: Text) -> bool:
        lacking = [key for key in ("apiVersion", "kind") if not _is_text(node.get(key))]
        if not lacking:
            return True
        place = (node.document.file, node.line, node.column)
        if text.named or node.get("metadata") or (len(lacking) == 1 and node.get("kind")):
            self.problems.append(UserError(f"this is no Kubernetes object: it has no {' and no '.join(lacking)}", *place))
        else:
            self.notices.append(Notice("left out: this is no Kubernetes object, it has no apiVersion and no kind", *place))
        return False


def _is_text(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, str) and bool(node.value)
