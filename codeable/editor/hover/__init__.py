"""What is shown of a name or a word of the vocabulary: hovers and signatures."""
