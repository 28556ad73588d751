"""Writes the figures and the table of the study; called as `generate_all.py PACKAGES_FOLDER`."""

import sys
from pathlib import Path

from codeable_models.internal.commons import get_links
from map_models.tables import options_table
from plant_uml_renderer import PlantUMLGenerator
from study_models import sources
from study_models.decisions import _all, communication_view, decision, event_bus, pub_sub

folder = sys.argv[1] if len(sys.argv) > 1 else "../_generated"
generator = PlantUMLGenerator(delete_gen_dir_during_init=False)
generator.directory = folder
generator.object_model_renderer.name_break_length = 45
generator.object_model_renderer.left_to_right = True
generator.generate_object_models("decisions", [
    _all, {}, communication_view, {"excluded_links": set(get_links([pub_sub])) - set(get_links([event_bus]))}])
Path(folder, "options.txt").write_text(options_table(), encoding="utf-8")
