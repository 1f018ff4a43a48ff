"""OAI-PMH, as arXiv speaks it: fetches records of papers, page by page."""
