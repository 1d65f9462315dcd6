"""Strongly connected components of a directed graph: what can reach each other both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def components(successors: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Each component with its vertices sorted, every one after those that it leads to; ``successors`` has each vertex as a key.

    Tarjan, without recursion, because a chain of calls may be longer than Python's stack: https://doi.org/10.1137/0201010"""
    search = _Search(successors)
    for vertex in successors:
        if vertex not in search.index:
            search.visit(vertex)
    return tuple(search.found)


class _Search:
    def __init__(self, successors: Mapping[str, Sequence[str]]) -> None:
        self._successors = successors
        self.index: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._stack: list[str] = []
        self._waiting: set[str] = set()
        self.found: list[tuple[str, ...]] = []

    def visit(self, root: str) -> None:
        path: list[tuple[str, Iterator[str]]] = [self._enter(root)]
        while path:
            vertex, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                self._leave(vertex)
                if path:
                    self._low[path[-1][0]] = min(self._low[path[-1][0]], self._low[vertex])
            elif following not in self.index:
                path.append(self._enter(following))
            elif following in self._waiting:
                self._low[vertex] = min(self._low[vertex], self.index[following])

    def _enter(self, vertex: str) -> tuple[str, Iterator[str]]:
        self.index[vertex] = self._low[vertex] = len(self.index)
        self._stack.append(vertex)
        self._waiting.add(vertex)
        return vertex, iter(self._successors[vertex])

    def _leave(self, vertex: str) -> None:
        """A vertex from which nothing earlier is reached closes a component."""
        if self._low[vertex] != self.index[vertex]:
            return
        component = [self._stack.pop()]
        while component[-1] != vertex:
            component.append(self._stack.pop())
        self._waiting.difference_update(component)
        self.found.append(tuple(sorted(component)))
