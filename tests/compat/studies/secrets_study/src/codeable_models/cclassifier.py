from .cnamedelement import CBundlable


class CClassifier(CBundlable):
    pass


class CMetaclass(CClassifier):
    pass


class CStereotype(CClassifier):
    pass


class CClass(CClassifier):
    pass


class CEnum(CBundlable):
    pass


class CAttribute:
    pass
