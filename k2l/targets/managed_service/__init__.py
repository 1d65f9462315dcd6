"""Services that AWS runs, as a target: nothing is written, and what has to be decided is said."""
