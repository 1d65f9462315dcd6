"""Catalogue of the AWS resources k2l plans: frozen dataclasses with CloudFormation's meaning; no emission here."""
