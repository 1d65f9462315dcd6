"""Catalogue of targets, one package each, with a ``BUILDER``; a package is a catalogue of concerns, one file for each AWS service or theme.

Adding a concern is adding a file with a ``CONCERN`` constant."""
