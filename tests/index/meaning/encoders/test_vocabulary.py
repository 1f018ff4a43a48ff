"""The vocabulary of a static encoder: words that a dump adds."""

from index.meaning.encoders.shipped import open_shipped
from index.meaning.encoders.vocabulary import LEAST, add_words


def test_frequent_words_are_tokens_of_their_own():
    counts = {"zzyzxia": 90, "gravity": 999, "schrödinger": 80, "zzyzxic": LEAST - 1}
    tokenizer, added = add_words(open_shipped().load_tokenizer(), counts.items())

    assert added == ["zzyzxia"]  # the others: whole, other letters, rare
    tokens = tokenizer.encode("Zzyzxia in gravity", add_special_tokens=False)
    assert tokens.tokens == ["zzyzxia", "in", "gravity"]
    assert max(tokens.ids) == open_shipped().load_tokenizer().get_vocab_size()


def test_words_are_added_in_one_order_and_never_too_many(monkeypatch):
    most = open_shipped().load_tokenizer().get_vocab_size() + 2
    monkeypatch.setattr("index.meaning.encoders.vocabulary.MOST_TOKENS", most)
    counts = {"zzyzxa": 30, "zzyzxb": 30, "zzyzxc": 31}

    for order in (counts.items(), reversed(counts.items())):
        assert add_words(open_shipped().load_tokenizer(), order)[1] == ["zzyzxc", "zzyzxa"]
