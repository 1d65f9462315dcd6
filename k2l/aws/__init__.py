"""Catalogue of the AWS resources k2l plans: frozen structs with CloudFormation's meaning; no emission here."""
