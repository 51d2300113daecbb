"""People: who may do what, what a password must be, and a log of what was done. Pure; the store keeps it."""
