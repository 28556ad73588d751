"""A study that is open: its model, loaded in a child process, and its notes and modules as they are now."""
