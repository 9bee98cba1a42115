"""Everything that is stored: tables, and verbs that keep the rules of the domain. Plain values in; no request, no commit."""
