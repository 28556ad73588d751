from .cexception import CException
from .cnamedelement import CNamedElement, CBundlable
from .cclassifier import CClassifier, CMetaclass, CStereotype, CClass, CAttribute, CEnum
from .cobject import CObject
from .cassociation import CAssociation
from .clink import CLink, set_links, add_links, delete_links
from .cbundle import CBundle, CPackage, CLayer
