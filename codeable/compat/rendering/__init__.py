"""PlantUML texts exactly as CodeableModels' renderer writes them, in its two formats.

Studies have published such texts, and these must be the same to the byte. So nothing is escaped and nothing
is improved. `codeable.diagrams` writes codeable's own diagrams.
"""
