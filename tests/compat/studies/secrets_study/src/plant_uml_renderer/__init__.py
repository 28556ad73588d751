class ClassModelRenderer:
    pass


class ObjectModelRenderer:
    pass


class PlantUMLGenerator:
    def __init__(self, delete_gen_dir_during_init=True):
        raise RuntimeError("the bundled copy was used")
