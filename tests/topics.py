"""Records of four topics, so that what is alike is known."""

import random

TOPICS = {
    "quant-ph": "quantum entanglement qubits decoherence error correction circuits photons",
    "astro-ph.GA": "galaxies halos dark matter clusters redshift stars gas formation",
    "cs.LG": "neural networks gradient training attention transformers generalization loss",
    "math.NT": "primes zeta function modular forms elliptic curves conjecture arithmetic",
}
NAMES = ("zero", "one", "two", "three")
EACH = 30


def topic_records(record):
    """Yield papers with the words of a topic in any order, of a few authors each."""
    chance = random.Random(5)
    for number, (category, words) in enumerate(TOPICS.items()):
        for paper in range(EACH):
            some = chance.sample(words.split(), 5)
            yield record(
                f"24{number + 1:02}.{paper + 1:05}",
                title=f"On {some[0]} and {some[1]}, part {paper}",
                abstract=f"We study {' '.join(some)}. The {words.split()[0]} are observed.",
                authors=f"Ada{'abcdef'[paper % 6]} Author{NAMES[number]}, "
                f"Ben Co{NAMES[number]}",
                categories=category,
                update_date=f"2024-{number + 1:02}-{paper % 28 + 1:02}",
            )


def topic_of(paper):
    """Return the number of a paper's topic, from 1."""
    return int(paper.id[2:4])
