# python -m release_study
from .generate import main

main()
