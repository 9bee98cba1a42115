"""Documents: assembled once from content and answers, drawn as HTML, Word, PDF and plain text."""
