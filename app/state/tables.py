"""The register of tables: each room that stores something adds its own."""

import sqlalchemy as sa

TABLES = sa.MetaData()

MAX_ID = 40
"""Characters of a paper's canonical id."""
