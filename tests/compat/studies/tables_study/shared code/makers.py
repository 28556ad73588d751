from codeable_models import CClass
# names from the protocol
from constants import kinds


def make(row):
    "one element for a row of the table"
    return CClass(kinds[row[0]], row[1])
