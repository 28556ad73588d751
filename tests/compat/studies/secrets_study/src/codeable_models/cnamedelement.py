class CNamedElement:
    def __init__(self, *args, **kwargs):
        raise RuntimeError("the bundled copy was used")


class CBundlable(CNamedElement):
    pass
