"""`python -m codeable` is the console script."""

from codeable.cli import main

if __name__ == "__main__":
    main()
