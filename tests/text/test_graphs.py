"""Relations that lead back to where they start."""

from __future__ import annotations

import pytest
from sphinx_annals.text import rings


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({}, []),
        ({"a": {"b"}}, []),
        ({"a": {"b"}, "b": {"c"}}, []),
        ({"a": {"a"}}, [["a"]]),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"x": {"a"}, "a": {"b"}, "b": {"c"}, "c": {"a"}}, [["a", "b", "c"]]),
        ({"a": {"b", "a"}, "b": {"a"}}, [["a"], ["a", "b"]]),
        ({"a": {"b"}, "b": {"a"}, "c": {"d", "a"}, "d": {"c"}}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_each_ring_once(graph: dict[str, set[str]], found: list[list[str]]) -> None:
    assert list(rings(graph)) == found


def test_a_ring_as_long_as_a_book() -> None:
    graph = {str(n): {str((n + 1) % 5000)} for n in range(5000)}
    assert [len(ring) for ring in rings(graph)] == [5000]
    del graph["4999"]
    assert list(rings(graph)) == []
