"""A map of the papers around another: in which direction each lies, from its vector."""

from collections.abc import Sequence

import numpy as np

from index.meaning.vectors.nearest import Vectors


def find_directions(vectors: Vectors, keys: Sequence[int]) -> list[float]:
    """Return an angle in radians for each key: papers that are alike lie in one direction.

    The angles are those in the plane in which the vectors differ most from their mean
    (principal components). Deterministic.
    """
    if not keys:
        return []
    around = vectors.of(keys)
    around = around - around.mean(axis=0)
    _, _, axes = np.linalg.svd(around, full_matrices=False)
    axes = axes[:2] * np.where(axes[:2].sum(axis=1, keepdims=True) < 0, -1, 1)
    flat = np.zeros((len(keys), 2), dtype=np.float32)
    flat[:, : len(axes)] = around @ axes.T
    return [float(angle) for angle in np.arctan2(flat[:, 1], flat[:, 0])]
