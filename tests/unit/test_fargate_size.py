"""The smallest Fargate task that a pod fits into."""

from __future__ import annotations

from itertools import pairwise

import pytest

from k2l import tables
from k2l.converters.fargate_size import TaskSize, smallest

SIZES = tables.limits("fargate")["task_sizes"]
GIB = 1024


@pytest.mark.parametrize(
    ("millicores", "mib", "wanted"),
    [
        (1, 1, TaskSize(250, 512)),
        (250, 513, TaskSize(250, GIB)),
        (250, 2 * GIB, TaskSize(250, 2 * GIB)),
        (250, 2 * GIB + 1, TaskSize(500, 3 * GIB)),
        (500, 512, TaskSize(500, GIB)),
        (1000, GIB, TaskSize(1000, 2 * GIB)),
        (1001, 2 * GIB, TaskSize(2000, 4 * GIB)),
        (250, 30 * GIB, TaskSize(4000, 30 * GIB)),
        (250, 31 * GIB, TaskSize(8000, 32 * GIB)),
        (8000, 17 * GIB, TaskSize(8000, 20 * GIB)),
        (16000, 121 * GIB, TaskSize(32000, 244 * GIB)),
        (32000, 61 * GIB, TaskSize(32000, 120 * GIB)),
        (32001, GIB, None),
        (250, 245 * GIB, None),
    ],
)
def test_it_is_large_enough_and_no_larger(millicores, mib, wanted):
    assert smallest(millicores, mib, SIZES) == wanted


def test_no_size_is_out_of_order_and_the_largest_are_the_limits():
    assert all(one[0] <= other[0] for one, other in pairwise(SIZES))
    assert SIZES[-1][0] == tables.limits("fargate")["vcpu_max"] * 1024
    assert SIZES[-1][2] == tables.limits("fargate")["memory_max_mib"]
