"""The layout of a snapshot: the names of its files, and of what lies beside it."""

CATALOG = "catalog.db"
FULLTEXT = "fulltext"
WORDS = "words.txt"
"""Words for spelling correction."""

YEARS = "years.json"
"""How many papers each category has in each year. Winnow 0.1 did not write it."""

PROPER = "proper.txt"
"""Words that are written with a capital."""

ENCODER = "encoder"
"""A static encoder; other encoders are installed packages."""

VECTORS = "vectors"

CHANGES = "changes"
"""The history: which papers changed with which build. Format 5 has none at first."""

SAMPLES = "samples.json"
"""Digests of samples of the large files."""

HARVEST = "harvest"
"""In the data directory: pages that were fetched and are in no snapshot yet."""

ENCODING = "encoding"
"""In the data directory: vectors of a build in progress."""
