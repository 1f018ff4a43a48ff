"""The vocabulary of a static encoder: words that a dump adds."""

import pytest

from index.meaning.encoders.shipped import open_shipped
from index.meaning.encoders.vocabulary import LEAST, add_words


@pytest.fixture(scope="module")
def load_tokenizer():
    return open_shipped().load_tokenizer


def test_frequent_words_are_tokens_of_their_own(load_tokenizer):
    counts = {"zzyzxia": 90, "gravity": 999, "schrödinger": 80, "zzyzxic": LEAST - 1}
    tokenizer, added = add_words(load_tokenizer(), counts.items())

    assert added == ["zzyzxia"]  # the others: whole, other letters, rare
    tokens = tokenizer.encode("Zzyzxia in gravity", add_special_tokens=False)
    assert tokens.tokens == ["zzyzxia", "in", "gravity"]
    assert max(tokens.ids) == load_tokenizer().get_vocab_size()


def test_words_are_added_in_one_order_and_never_too_many(load_tokenizer, monkeypatch):
    most = load_tokenizer().get_vocab_size() + 2
    monkeypatch.setattr("index.meaning.encoders.vocabulary.MOST_TOKENS", most)
    counts = {"zzyzxa": 30, "zzyzxb": 30, "zzyzxc": 31}

    for order in (counts.items(), reversed(counts.items())):
        assert add_words(load_tokenizer(), order)[1] == ["zzyzxc", "zzyzxa"]
