"""Trains a StaticEmbedding with sentence-transformers: its trainer, its ranking loss.

Each row of the data set is a whole batch, tokenized before: texts of one kind, each of
which is to find its own among the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from transformers import PrinterCallback

from index.meaning.encoders.lessons import Pairs
from index.meaning.vectors.files import Floats

BOTH_WAYS = ("query_to_doc", "doc_to_query")
ALL_WAYS = ("query_to_doc", "query_to_query", "doc_to_query", "doc_to_doc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """How a model is taught. The learning rate rises for a 20th, then falls to zero."""

    seed: int = 1
    epochs: int = 1
    batch: int = 2_048
    learning_rate: float = 0.005
    scale: float = 20.0
    directions: tuple[str, ...] = BOTH_WAYS


def teach(
    start: Floats, tokenizer: Tokenizer, batches: Sequence[Pairs], how: Teaching
) -> Floats:
    """Train the tokens' vectors by all batches."""
    module = StaticEmbedding(tokenizer, embedding_weights=np.array(start))
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    loss = MultipleNegativesRankingLoss(
        model,
        scale=how.scale,
        directions=how.directions,
        partition_mode="joint" if how.directions == ALL_WAYS else "per_direction",
    )
    with TemporaryDirectory() as place:
        trainer = SentenceTransformerTrainer(
            model=model,
            args=_set_arguments(place, how),
            train_dataset=Dataset.from_dict({"batch": range(len(batches))}),
            loss=loss,
            data_collator=_Collator(batches),
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    vectors: Floats = module.embedding.weight.detach().numpy()
    return vectors


def _set_arguments(place: str, how: Teaching) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=str(Path(place)),
        num_train_epochs=1,
        per_device_train_batch_size=1,
        learning_rate=how.learning_rate,
        warmup_steps=0.05,
        lr_scheduler_type="linear",
        optim="adamw_torch_fused",
        weight_decay=0.0,
        max_grad_norm=0.0,
        seed=how.seed,
        data_seed=how.seed,
        use_cpu=True,
        save_strategy="no",
        report_to="none",
        logging_strategy="no",
        disable_tqdm=True,
        dataloader_pin_memory=False,
        remove_unused_columns=False,
    )


class _Collator:
    """Turns the number of a batch into the features of its two columns."""

    valid_label_columns = ("label",)

    def __init__(self, batches: Sequence[Pairs]) -> None:
        self._batches = batches

    def __call__(self, rows: Sequence[dict[str, int]]) -> dict[str, Any]:
        (row,) = rows
        features: dict[str, Any] = {}
        pair = self._batches[row["batch"]]()
        for column, (ids, starts) in zip(("left", "right"), pair, strict=True):
            features[f"{column}_input_ids"] = torch.from_numpy(ids)
            features[f"{column}_offsets"] = torch.from_numpy(starts)
        return features
