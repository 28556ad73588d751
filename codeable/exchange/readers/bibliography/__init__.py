"""Sources of a bibliography: BibTeX, RIS and CSL JSON."""
