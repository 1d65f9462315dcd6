"""Catalogue of converters: small pure functions that field tables may name (``via:``). One rule, one module, one file.

They take plain values and the limits they need as arguments, so that no AWS number stands in code; whoever calls them
keeps the origins (``Traced.map``, ``join``)."""
