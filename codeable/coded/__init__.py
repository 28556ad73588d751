"""The coded study: codes with their sources, passages and memos, read once for what leaves the study."""
