from .cclassifier import CClassifier


class CAssociation(CClassifier):
    pass
