"""`python -m codeable.render` draws the diagrams of a study; the same command as `codeable render`."""

from codeable.exits import run
from codeable.render.command import render_command

if __name__ == "__main__":
    run(render_command, program="python -m codeable.render")
