"""The migration report as plain values: what the JSON says, word for word, and what every other format shows. A file for each theme."""
