"""Secrets: what looks like one, what the plan's secrets hold, and how their values get there. No value reaches a message."""
