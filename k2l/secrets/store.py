"""AWS Secrets Manager as ``k2l secrets push`` needs it: compares what is there with what should be, and puts it.

Nothing here prints, and no error holds a value: AWS quotes the parameters that it refuses, so only its error code is passed on, and the
SDK's logs, which quote whole requests, are off.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from k2l import tables
from k2l.errors import UserError
from k2l.secrets.values import Content, Member, secret_string


class State(StrEnum):
    """What becomes of one secret; the value is the word that is printed."""

    PUSHED = "pushed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    KEPT = "kept"
    MISSING = "missing"


@contextmanager
def silence() -> Iterator[None]:
    """Without any log of the SDK."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def client(region: str | None) -> Any:
    """Raises UserError when boto3, a Region or credentials are missing."""
    try:
        import boto3
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise UserError("k2l secrets push needs boto3: pip install 'kube2lambda[aws]'") from error
    try:
        return boto3.session.Session(region_name=region).client("secretsmanager")
    except BotoCoreError as error:
        raise UserError(f"cannot talk to AWS: {type(error).__name__}; set AWS_REGION or --region") from None


class Store:
    """``put`` is False for a dry run, ``force`` overwrites other values."""

    def __init__(self, aws: Any, *, put: bool, force: bool) -> None:
        self._aws, self._put, self._force = aws, put, force

    def push(self, content: Content) -> State:
        """Members that are there and not ours stay. Raises UserError when AWS refuses, or there is no such secret."""
        there = self._there(content.name)
        if not content.members:
            return State.MISSING if there is None else State.KEPT
        found = _members(there)
        if found is not None and content.members.items() <= found.items():
            return State.UNCHANGED
        if there is not None and not self._force and (found is None or _differ(found, content.members)):
            return State.REFUSED
        self._write(content.name, {**(found or {}), **content.members})
        return State.PUSHED

    def _there(self, name: str) -> str | bytes | None:
        """The value now, or None when there is none."""
        answer = self._call("get_secret_value", name, SecretId=name)
        if answer is None and self._call("describe_secret", name, SecretId=name) is None:
            raise UserError(f"{name} does not exist: apply the output first, as its README says")
        return None if answer is None else answer.get("SecretString", answer.get("SecretBinary"))

    def _write(self, name: str, members: Mapping[str, Member]) -> None:
        text, most = secret_string(members), int(tables.limits("secretsmanager")["value_max_bytes"])
        if len(text.encode()) > most:
            raise UserError(f"{name} would be larger than the {most:,} bytes that a secret may have")
        if self._put and self._call("put_secret_value", name, SecretId=name, SecretString=text) is None:
            raise UserError(f"{name} does not exist: apply the output first, as its README says")

    def _call(self, operation: str, name: str, **given: str) -> Any:
        """The answer; None when there is no such thing."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self._aws, operation)(**given)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", "unknown"))
        except BotoCoreError as error:
            code = type(error).__name__
        if code == "ResourceNotFoundException":
            return None
        raise UserError(f"{name}: {operation} failed with {code}") from None


def _members(text: str | bytes | None) -> dict[str, Any] | None:
    """The members of a value; None when there is no value, or one of another form."""
    try:
        found = json.loads(text or "")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _differ(found: Mapping[str, Any], wanted: Mapping[str, Member]) -> bool:
    return any(key in found and found[key] != value for key, value in wanted.items())
