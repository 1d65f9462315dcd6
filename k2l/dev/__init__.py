"""Commands for people who work on k2l: ``python -m k2l.dev.NAME``. Nothing here is imported by the program."""
