class CException(Exception):
    pass
