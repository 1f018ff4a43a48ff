"""What the parts of a snapshot are called in its directory, and what lies beside."""

CATALOG = "catalog.db"
FULLTEXT = "fulltext"
WORDS = "words.txt"
"""Words that spelling is corrected with."""

PROPER = "proper.txt"
"""Words that are written with a capital."""

ENCODER = "encoder"
"""A static encoder; other encoders are installed."""

VECTORS = "vectors"

SAMPLES = "samples.json"
"""Digests of samples of the large files."""

ENCODING = "encoding"
"""In the data directory: vectors of a build under way."""
