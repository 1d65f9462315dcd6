"""The simple commands of a container's words: the words themselves, or what the script says that they give to a shell.

Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
What is not understood (here-documents, unbalanced quotes) is None, never a guess.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, field

SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh", "ksh"})
# They run what follows them.
WRAPPERS = frozenset(
    {"exec", "time", "command", "nohup", "tini", "dumb-init", "catatonit", "env", "sudo", "gosu", "su-exec", "setpriv", "timeout", "nice"}
)
# Of these the next word is their own: the user to become, the time to give.
_WITH_WORD = frozenset({"gosu", "su-exec", "timeout"})
KEYWORDS = frozenset({"if", "then", "else", "elif", "fi", "while", "until", "do", "done", "{", "}", "!"})
LOOPS = frozenset({"while", "until", "for"})

_ARITHMETIC = re.compile(r"\$\(\([^()]*\)\)")
_INNER = re.compile(r"\$\(([^()]*)\)")
_OLD_STYLE = re.compile(r"`([^`]*)`")
_OPERATORS = re.compile(r"[<>&|]*[<>][<>&]*|&&|\|\||;;|[;&|()\n]")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_SCRIPT = re.compile(r"-[a-z]*c[a-z]*")
_DEEPEST = 5


class Command(Struct, frozen=True):
    """``words`` begin with the program as written; ``files`` are what its redirections name. ``keyword`` is the loop that it heads."""

    words: tuple[str, ...]
    files: tuple[str, ...] = ()
    keyword: str | None = None

    @property
    def program(self) -> str:
        """The program without its folder, lower case; empty for a redirection or loop head alone."""
        return self.words[0].rpartition("/")[2].lower() if self.words else ""

    @property
    def arguments(self) -> str:
        return " ".join(self.words[1:])


def commands(words: Sequence[str]) -> tuple[Command, ...] | None:
    """Every simple command that ``command`` and ``args`` of a container run, those within others too; None for what is not understood."""
    return _commands(tuple(words), 0)


@lru_cache(maxsize=4096)
def _commands(words: tuple[str, ...], depth: int) -> tuple[Command, ...] | None:
    rest = _unwrapped(words)
    if not rest:
        return ()
    script = _script(rest)
    return (Command(rest),) if script is None else _parse(script, depth + 1)


def _unwrapped(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without assignments and programs that only run what follows."""
    rest = list(words)
    while rest:
        name = rest[0].rpartition("/")[2]
        if _ASSIGNMENT.match(rest[0]):
            rest.pop(0)
        elif name in WRAPPERS and len(rest) > 1:
            rest.pop(0)
            while rest and rest[0].startswith("-"):
                rest.pop(0)
            if name in _WITH_WORD and len(rest) > 1:
                rest.pop(0)
        else:
            break
    return tuple(rest)


def _script(words: tuple[str, ...]) -> str | None:
    """The script that the words give to a shell."""
    if words[0].rpartition("/")[2] not in SHELLS:
        return None
    at = next((index for index, word in enumerate(words[1:], 1) if _SCRIPT.fullmatch(word)), None)
    return words[at + 1] if at is not None and at + 1 < len(words) else None


def _parse(script: str, depth: int) -> tuple[Command, ...] | None:
    script = _OLD_STYLE.sub(r"$(\1)", _ARITHMETIC.sub("0", script.replace("\\\n", " ")))
    if depth > _DEEPEST or "<<" in script or "`" in script:
        return None
    lexer = shlex.shlex(script, posix=True, punctuation_chars=";&|()<>\n")
    lexer.whitespace, lexer.whitespace_split, lexer.commenters = " \t\r", True, ""
    try:
        tokens = list(lexer)
    except ValueError:
        return None
    found: list[Command] = []
    for command in _Reader(tokens).read():
        if command.words and command.words[0].startswith("#"):
            continue
        inner = _commands(command.words, depth)
        nested = _nested(command.words, depth)
        if inner is None or nested is None:
            return None
        if command.files or command.keyword:
            found.append(Command((), command.files, command.keyword))
        found += [*inner, *nested]
    return tuple(found)


def _nested(words: Iterable[str], depth: int) -> list[Command] | None:
    """The commands of substitutions within quotes."""
    found: list[Command] = []
    for word in words:
        scripts = _INNER.findall(word)
        parsed = [_parse(script, depth + 1) for script in scripts]
        if len(scripts) < word.count("$("):
            return None
        for inner in parsed:
            if inner is None:
                return None
            found += inner
    return found


class _Reader(Struct):
    """Cuts tokens into commands; parentheses hold commands of their own."""

    tokens: Sequence[str]
    words: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    keyword: str | None = None
    redirected: bool = False
    open: list[tuple[list[str], list[str], str | None]] = field(default_factory=list)

    def read(self) -> Iterator[Command]:
        for token in self.tokens:
            if token and set(token) <= set(";&|()<>\n"):
                for operator in _OPERATORS.findall(token):
                    yield from self._operator(operator)
            else:
                self._word(token)
        yield from self._end()
        while self.open:
            self.words, self.files, self.keyword = self.open.pop()
            yield from self._end()

    def _operator(self, operator: str) -> Iterator[Command]:
        if operator == "(":
            self.open.append((self.words, self.files, self.keyword))
            self.words, self.files, self.keyword = [], [], None
        elif operator == ")":
            yield from self._end()
            if self.open:
                self.words, self.files, self.keyword = self.open.pop()
        elif "<" in operator or ">" in operator:
            self.redirected = True
            # Of 2>/dev/null the number names a stream.
            if self.words and self.words[-1].isdigit():
                self.words.pop()
        else:
            yield from self._end()

    def _word(self, word: str) -> None:
        if self.redirected:
            self.redirected = False
            self.files.append(word)
        elif not self.words and word in KEYWORDS:
            self.keyword = word if word in LOOPS else self.keyword
        else:
            self.words.append(word)

    def _end(self) -> Iterator[Command]:
        words, files, keyword = self.words, self.files, self.keyword
        self.words, self.files, self.keyword = [], [], None
        if words and words[0] == "for":
            yield Command((), tuple(files), "for")
        elif words or files or keyword:
            yield Command(tuple(words), tuple(files), keyword)
