# an earlier try; its metamodel is lost
from codeable_models import CClass
from lost_metamodel import question, answer

retry_question = CClass(question, "Retry?")
retry_answer = CClass(answer, "Yes")
