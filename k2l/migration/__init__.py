"""The model of the migration report: what moves when, at what cost, effort and risk. No text formatting here."""
