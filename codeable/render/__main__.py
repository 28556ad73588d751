"""`python -m codeable.render` draws the diagrams of a study; the same command as `codeable render`."""

from codeable.exits import run

if __name__ == "__main__":
    run("codeable.render.command:render_command", program="python -m codeable.render")
