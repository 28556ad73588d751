from .cnamedelement import CBundlable


class CBundle(CBundlable):
    pass


class CPackage(CBundle):
    pass


class CLayer(CBundle):
    pass
