"""`python -m codeable.compat`, the same as `codeable compat`."""

from codeable.exits import run

if __name__ == "__main__":
    run("codeable.compat.command:compat_command", program="python -m codeable.compat")
