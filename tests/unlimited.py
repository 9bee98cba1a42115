"""Settings under which no test meets a limit that it does not look for. Without pytest: the served app of the browser tests takes them too."""

MANY = 10**6
UNLIMITED = {
    "starts_per_hour": MANY, "uploads_per_hour": MANY, "documents_per_hour": MANY, "continuations_per_hour": MANY, "saves_per_minute": MANY,
    "sign_ins_per_hour": MANY, "codes_per_hour": MANY, "letters_per_hour": MANY, "letters_of_a_new_account": MANY,
    "letters_per_recipient": MANY, "comments_per_hour": MANY, "lookups_per_hour": MANY, "sections_per_hour": MANY,
}  # fmt: skip
