from .cobject import CObject


class CLink(CObject):
    pass


def set_links(links, **kwargs):
    raise RuntimeError("the bundled copy was used")


def add_links(links, **kwargs):
    raise RuntimeError("the bundled copy was used")


def delete_links(links, **kwargs):
    raise RuntimeError("the bundled copy was used")
