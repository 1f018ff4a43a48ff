"""Terms: how names, titles, Chinese and compound words are written.

The same code writes them in the index and in queries.
"""
