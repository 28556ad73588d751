"""Section 7: the metamodels that studies import."""
