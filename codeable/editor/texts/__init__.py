"""The texts of open documents and of files, places in them as the protocol counts, and edits."""
