"""What the user has to mend. Anything else that is raised is a defect of k2l."""

from __future__ import annotations

from collections.abc import Iterable


class UserError(Exception):
    """One problem of the input or of the way k2l was called; prints as ``file:line:column: message``.

    ``line`` and ``column`` count from 1. The message may quote keys and names, never a value: a value may be a secret."""

    def __init__(self, message: str, file: str | None = None, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message


class UserErrors(Exception):
    """All problems that could be found in one go; prints one a line."""

    def __init__(self, problems: Iterable[UserError]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
