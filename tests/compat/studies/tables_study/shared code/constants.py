from metamodels.guidance_metamodel import practice, pattern
kinds = {"p": practice, "x": pattern}   # the two columns
