"""Placeholder while a helper writes the real module; overwrite it."""


class Speller:
    @classmethod
    def open(cls, file):
        return cls()


def write_words(words, file):
    file.write_text("".join(f"{w}\t{n}\n" for w, n in words))


def correct_query(query, speller, frequency):
    return None


def verbatim(query):
    return query.understood
