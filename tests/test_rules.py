"""Every rule's page is its test: what it calls bad raises it, what it calls good does not."""

from __future__ import annotations

import re

import pytest

from harness import examples
from k2l import findings
from k2l.finding import Rule

RULES = [check.rule for check in findings.checks()]
each_rule = pytest.mark.parametrize("rule", RULES, ids=[f"{rule.code}-{rule.name}" for rule in RULES])


@each_rule
def test_the_bad_example_raises_the_rule(rule: Rule):
    assert rule.code in examples.codes(examples.block(rule.page, "Bad"))


@each_rule
def test_the_good_example_does_not_raise_the_rule(rule: Rule):
    assert rule.code not in examples.codes(examples.block(rule.page, "Good"))


@each_rule
def test_the_page_begins_with_one_sentence(rule: Rule):
    assert re.fullmatch(r"[A-Zk][^.]*(?:\.[^. ][^.]*)*\.", rule.summary)


@each_rule
def test_the_page_names_its_source_and_when_it_was_looked_at(rule: Rule):
    assert re.search(r"^Source: https://\S+ \(checked \d{4}-\d\d-\d\d\)$", rule.page, re.MULTILINE)


@each_rule
def test_the_rule_stands_in_a_file_with_its_code_and_name(rule: Rule):
    assert rule.check.__module__ == f"k2l.rules.{rule.code.lower()}_{rule.name.replace('-', '_')}"


@each_rule
def test_a_message_is_no_sentence_and_the_help_says_what_to_do(rule: Rule):
    found = [f.problem for f in examples.translated(examples.block(rule.page, "Bad")).findings if f.rule is rule]
    assert all(not problem.message.endswith(".") for problem in found)
    assert all(problem.help and problem.help[0].islower() and not problem.help.endswith(".") for problem in found)


def test_codes_and_names_are_unique():
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
