"""What makes an ordinary image run on Lambda: the Dockerfile around it, and the programs in Go that its build stages compile.

``init/`` starts the workload and runs jobs, ``layout/`` lays out files and links while the image is built. Nothing binary ships: ``source``
hands their source on. What lies where in the image: ``README.md``.
"""

from __future__ import annotations

from hashlib import sha256

from k2l.adapters import dockerfile, source
from k2l.aws.build_context import BuildContext
from k2l.contract import baked_files, to_json


def fingerprint(context: BuildContext) -> str:
    """Eight hexadecimal digits that change with anything that goes into the image beside the source image's content: the contract, the
    files, the Dockerfile with the versions in it, and the programs where they are part of the image."""
    found = sha256(to_json(context).encode())
    for name, content in sorted({**baked_files(context), "Dockerfile": dockerfile.render(context)}.items()):
        data = content.encode() if isinstance(content, str) else content
        found.update(f"\0{name}\0{len(data)}\0".encode() + data)
    if dockerfile.needs_program(context):
        found.update(source.digest().encode())
    return found.hexdigest()[:8]
