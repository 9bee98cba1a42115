"""What the pages of all features share: access, forms, files, refusals, languages, limits, addresses."""
