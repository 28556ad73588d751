"""What comes into a study: readers of formats, and what writes notes and modules of what they read."""
