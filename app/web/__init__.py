"""The parts that every route shares. This room knows no concept."""
