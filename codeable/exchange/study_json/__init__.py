"""The whole study as JSON, written and read back without running Python."""
