"""The main job: draw the figures of a study into files, and keep them up to date."""

from codeable.render.job import Progress, output_folder, render
from codeable.render.records import FORMATS, Outcome, RenderReport, RenderRequest

__all__ = ["FORMATS", "Outcome", "Progress", "RenderReport", "RenderRequest", "output_folder", "render"]
