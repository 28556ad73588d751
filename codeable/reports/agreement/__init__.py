"""Agreement between the coders of a study, on request only: coefficients, disagreements, and their page."""
