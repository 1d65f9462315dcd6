"""Catalogue of typed Kubernetes pieces, read from located nodes by a cursor. Frozen; knows no AWS."""
