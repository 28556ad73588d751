"""Counts of codes: evidence, frequency, co-occurrence, saturation. A count is description, and no rank."""
