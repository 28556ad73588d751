"""PlantUML texts exactly as CodeableModels' renderer writes them, in its two formats.

What is written here is compared byte for byte with files that studies have published: nothing is escaped
and nothing is improved. Diagrams of our own are written by `codeable.diagrams`.
"""
