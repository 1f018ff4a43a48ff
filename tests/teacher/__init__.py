"""A sentence-transformers model of a few KB, made by tests/teacher/train.py."""

from pathlib import Path

MODEL = Path(__file__).parent / "model"
DIMENSIONS = 16
