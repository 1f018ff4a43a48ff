"""Terms.

How names, titles, Chinese and compound words are written in an index and in a query alike.
"""
