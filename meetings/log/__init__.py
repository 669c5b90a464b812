"""The log is the truth: append-only, hash-chained, one chain a meeting. What may be forgotten lies beside it."""
