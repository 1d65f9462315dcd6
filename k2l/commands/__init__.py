"""Catalogue of commands, one file each, loaded when it is called: a module ``x`` with a constant ``COMMAND`` is ``k2l x``."""
