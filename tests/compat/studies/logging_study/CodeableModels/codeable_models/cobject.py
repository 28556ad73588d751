from .cnamedelement import CBundlable


class CObject(CBundlable):
    pass
