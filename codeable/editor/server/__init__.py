"""The server itself: what it keeps of a client, its documents and its studies. Features register with it."""
