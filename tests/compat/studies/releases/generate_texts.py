# the same, for those who start a script
from release_study.generate import main

main()
