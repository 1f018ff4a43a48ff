"""A map of the papers around another, in two dimensions, from their vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.meaning.vectors.nearest import Vectors

if TYPE_CHECKING:
    from index.meaning.vectors.files import Floats

_APART = 0.07  # of the map's width; points nearer to each other are pushed apart
_PUSHES = 40
_GOLDEN_ANGLE = 2.4  # radians: in which direction points at one place part
_NO_DISTANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper lies: both from 0 to 1."""

    x: float
    y: float


def neighbourhood(vectors: Vectors, keys: Sequence[int]) -> list[Place]:
    """Return a place for each key, the first of which is in the middle.

    The two directions in which the vectors differ most (principal components), the
    greatest distance from the first scaled to the edge. Deterministic.
    """
    if not keys:
        return []
    around = vectors.of(keys)
    around = around - around[0]
    _, _, axes = np.linalg.svd(around - around.mean(axis=0), full_matrices=False)
    axes = axes[:2] * np.where(axes[:2].sum(axis=1, keepdims=True) < 0, -1, 1)
    flat = np.zeros((len(keys), 2), dtype=np.float32)
    flat[:, : len(axes)] = around @ axes.T
    flat = _spread(flat / (np.abs(flat).max() or 1.0))
    furthest = float(np.abs(flat).max()) or 1.0
    return [Place(*map(float, point)) for point in (flat / furthest + 1) / 2]


def _spread(points: "Floats") -> "Floats":
    """Push points apart that lie on one another; the first stays where it is."""
    angles = np.arange(len(points)) * _GOLDEN_ANGLE
    away = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for _ in range(_PUSHES):
        between = points[:, np.newaxis] - points
        distances = np.linalg.norm(between, axis=2)
        apart = np.where(distances[..., np.newaxis] < _NO_DISTANCE, away, between)
        apart /= np.maximum(np.linalg.norm(apart, axis=2, keepdims=True), _NO_DISTANCE)
        lack = np.clip(2 * _APART - distances, 0, None) / 2
        np.fill_diagonal(lack, 0)
        if not lack.any():
            break
        pushed = points + (apart * lack[..., np.newaxis]).sum(axis=1)
        pushed[0] = points[0]
        points = pushed
    return points
