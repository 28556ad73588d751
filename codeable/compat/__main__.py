"""`python -m codeable.compat` runs studies written for CodeableModels."""

from codeable.compat.command import compat_command
from codeable.exits import run

if __name__ == "__main__":
    run(compat_command, program="python -m codeable.compat")
