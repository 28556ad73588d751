"""Section 6: the PlantUML texts of the old renderer, in both formats."""
