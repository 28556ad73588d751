# no model: a plan of the work
PLAN = ["read", "code", "write"]
