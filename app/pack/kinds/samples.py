"""Answers that are made up, for previews and tests: words, a day and an address as they are stored."""

WORDS, DAY, ADDRESS = "Noen ord", "2027-03-01", "https://eksempel.example/"
OF_FORMAT = {"orgnr": "974760673", "time": "16.00", "url": ADDRESS}
