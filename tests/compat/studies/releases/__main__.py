"""python releases: writes all texts of the study."""
from release_study.generate import main

main()
