"""Trains the small sentence-transformers model that tests encode with, beside this file.

    .venv/bin/python -m tests.teacher.train

It has the words of lessons.txt and letters for all others, 16 dimensions, and learned
that words of one line belong together. It is opened and used as MiniLM is, in no time.
tests/index/meaning/encoders/test_minilm.py has the real one.
"""

import random
import re
import shutil
import string
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from torch.nn import functional
from transformers import BertConfig, BertModel, BertTokenizerFast

from tests.teacher import DIMENSIONS, MODEL

LESSONS = Path(__file__).with_name("lessons.txt").read_text().splitlines()
ENDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SIGNS = string.ascii_lowercase + string.digits
LONGEST = 64
STEPS, WORDS_A_SIDE, RATE, SCALE = 300, 6, 0.02, 10.0


def main():
    """Train the model and write it."""
    torch.manual_seed(1)
    lines = [re.findall("[a-z]+", line.lower()) for line in LESSONS]
    words = sorted({word for line in lines for word in line if len(word) > 1})
    tokens = [*ENDS, *SIGNS, *(f"##{sign}" for sign in SIGNS), *words]
    bert = empty_bert(len(tokens))
    teach(bert, [[tokens.index(word) for word in line] for line in lines])
    write(bert, tokens)


def empty_bert(size):
    """Return a model without layers: a text is the mean of its tokens' vectors."""
    config = BertConfig(
        vocab_size=size,
        hidden_size=DIMENSIONS,
        num_hidden_layers=0,
        num_attention_heads=1,
        intermediate_size=1,
        max_position_embeddings=LONGEST,
        type_vocab_size=1,
        layer_norm_eps=1.0,  # a word that says little keeps a short vector
        hidden_dropout_prob=0.0,
    )
    bert = BertModel(config)
    with torch.no_grad():
        bert.embeddings.position_embeddings.weight.zero_()
        bert.embeddings.token_type_embeddings.weight.zero_()
        bert.embeddings.word_embeddings.weight[: len(ENDS)] = 0
    return bert


def teach(bert, lines):
    """Let some words of each line find others of the same line among all lines."""
    table = bert.embeddings.word_embeddings.weight
    optimizer = torch.optim.Adam([table], lr=RATE)
    draw = random.Random(1)
    for _ in range(STEPS):
        drawn = [draw.sample(line, 2 * WORDS_A_SIDE) for line in lines]
        ids = torch.tensor(drawn).view(-1, WORDS_A_SIDE)
        texts = functional.normalize(bert(ids).last_hidden_state.mean(1)).view(
            len(lines), 2, DIMENSIONS
        )
        scores = texts[:, 0] @ texts[:, 1].T * SCALE
        loss = functional.cross_entropy(scores, torch.arange(len(lines)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def write(bert, tokens):
    """Write what sentence-transformers opens."""
    shutil.rmtree(MODEL, ignore_errors=True)
    places = {token: place for place, token in enumerate(tokens)}
    parts = MODEL.with_name("parts")
    bert.save_pretrained(parts)
    BertTokenizerFast(vocab=places, model_max_length=LONGEST).save_pretrained(parts)
    modules = [Transformer(str(parts), max_seq_length=LONGEST), Pooling(DIMENSIONS)]
    SentenceTransformer(modules=modules).save(str(MODEL), create_model_card=False)
    shutil.rmtree(parts)


if __name__ == "__main__":
    main()
