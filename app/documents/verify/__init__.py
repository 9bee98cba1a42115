"""Reading a file back: its words, and how like another file it is."""
