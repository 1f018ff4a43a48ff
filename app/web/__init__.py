"""The web layer that all routes share: dependencies, errors, headers, languages, assets."""
