"""The query language: text to tree. Pure; it knows no engine."""
