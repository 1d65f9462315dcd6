"""Catalogue of the items of a bill, one file each with an ``ITEM``."""
