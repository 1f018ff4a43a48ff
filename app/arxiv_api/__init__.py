"""arXiv's API: `/api/query`, for programs that are made for arXiv's own."""
