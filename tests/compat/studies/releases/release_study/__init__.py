# the package of the study; nothing here on purpose
