"""Catalogue of targets, one folder each, with a ``BUILDER``; a folder is a catalogue of concerns, one file for each AWS service or theme.

Adding a concern is adding a file with a ``CONCERN`` constant."""
