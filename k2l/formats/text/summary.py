"""What a conversion says on the terminal: read, placed, what became of the fields, what was assumed and found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from k2l.finding import Finding, Severity, Target
from k2l.formats.text import finding as block
from k2l.formats.text import words
from k2l.formats.text.paint import Paint
from k2l.formats.text.snippet import Snippets
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.plan import built
from k2l.printable import printable

MOST = 12


def summary(bundle: Bundle, paint: Paint, *, verbose: bool = False) -> Iterator[str]:
    """Lines. ``verbose`` names every workload and shows every finding whole."""
    counts = bundle.ledger.counts
    yield paint(verdict(bundle.plan.placements), "strong")
    yield ""
    files = {m.node.document.file for m in bundle.manifests}
    read = f"{words.count(counts['objects'], 'object')}, {words.count(counts['leaves'], 'field')} in {words.count(len(files), 'file')}"
    yield from _row("Read", [read])
    yield from _row("Placed", list(_placements(bundle.plan.placements, verbose=verbose)))
    yield from _row("Fields", [words.fields(counts), *_sensitive(counts["sensitive"])])
    yield from _row("Assumed", list(_decisions(bundle)))
    yield from _row("Found", list(_found(bundle.findings, paint, verbose=verbose)))
    if verbose:
        snippets = Snippets(bundle)
        for finding in bundle.findings:
            yield ""
            yield from block.full(finding, snippets, paint)


def verdict(placements: Sequence[Placement]) -> str:
    """One sentence: how many workloads go where."""
    return words.verdict(Counter(p.target for p in placements), built())


def _row(title: str, lines: Sequence[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        yield f"{title if index == 0 else '':<9} {line}"


def _placements(placements: Sequence[Placement], *, verbose: bool) -> Iterator[str]:
    """A line for each workload; of many, those on Lambda are only counted."""
    shown = placements if verbose or len(placements) <= MOST else [p for p in placements if p.target is not Target.LAMBDA]
    hidden = len(placements) - len(shown)
    if hidden:
        yield f"{words.count(hidden, 'workload')} -> Lambda"
    listed = shown if verbose else shown[:MOST]
    width = min(max((len(p.workload.id) for p in listed), default=0), 48)
    for placement in listed:
        yield f"{printable(placement.workload.id):<{width}} -> {words.TARGETS[placement.target]}{_because(placement)}"
    if len(listed) < len(shown):
        yield f"and {len(shown) - len(listed):,} more, all named with -v"


def _because(placement: Placement) -> str:
    """The fact that decided, with its place."""
    if placement.because:
        first = placement.because[0]
        more = f" (and {len(placement.because) - 1} more)" if len(placement.because) > 1 else ""
        return f"  {words.place(first.at)} {first.code} {printable(first.problem.message)}{more}"
    if placement.wish:
        at = f"{words.place(placement.wish.origins[0])} " if placement.wish.origins else ""
        return f"  {at}as you asked"
    return ""


def _sensitive(number: int) -> Iterator[str]:
    if number:
        yield f"{words.count(number, 'value')} of Secrets {'is' if number == 1 else 'are'} in no output"


def _decisions(bundle: Bundle) -> Iterator[str]:
    by = Counter(d.by for d in bundle.plan.decisions)
    if assumed := by.pop("default", 0):
        yield f"{words.count(assumed, 'answer')} that no manifest gives; each is in README.md with where to change it"
    if given := by.total():
        yield f"{words.count(given, 'answer')} given by you"


def _found(findings: Sequence[Finding], paint: Paint, *, verbose: bool) -> Iterator[str]:
    by = Counter(f.rule.severity for f in findings)
    each = [paint(words.count(by[severity], severity), severity) for severity in Severity if by[severity]]
    yield ", ".join(each) if each else "nothing to report"
    if verbose:
        return
    shown = [f for f in findings if f.rule.severity is not Severity.NOTE]
    shown.sort(key=lambda f: f.rule.severity is not Severity.ERROR)
    yield from (block.concise(f, paint) for f in shown[:MOST])
    if len(shown) > MOST:
        yield f"and {len(shown) - MOST:,} more, all shown with -v"
    elif by[Severity.NOTE]:
        yield "-v shows every finding with its place"
