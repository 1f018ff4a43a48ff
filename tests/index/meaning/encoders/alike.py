"""What every encoder owes, and a lesson for one that is trained."""

import re
from collections import Counter

import numpy as np
import pytest

from index import Dump
from index.meaning.encoders.encoder import compose_text
from index.meaning.encoders.lessons import Material, Recipe

ALIKE = ["graph neural networks", "neural networks on graphs", "the mass of dark matter"]


def check_vectors(encoder, dimensions):
    """Fail if texts that are alike have no vectors that are."""
    vectors = encoder.encode([*ALIKE, "", "   "])

    assert vectors.shape == (5, dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:3], axis=1) == pytest.approx(1, abs=1e-3)
    assert not vectors[3:].any()
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert encoder.encode([]).shape == (0, dimensions)


def train_on(dump_file, directory, **recipe):
    """Train a static encoder on a dump, 5 steps."""
    from index.meaning.encoders.training import train_static

    with Dump.open(dump_file) as dump:
        papers = list(dump)
    words = Counter(re.findall("[a-z]+", " ".join(map(compose_text, papers)).lower()))
    steps = []
    train_static(
        Material(papers=iter(papers), count=len(papers), words=words),
        directory,
        recipe=Recipe(batch=5, **recipe),
        watch=lambda done, of: steps.append((done, of)),
    )
    assert steps[-1][0] == steps[-1][1] >= 5
