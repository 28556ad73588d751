"""What leaves a study for a paper: tables, codebook, bibliography, counts, agreement, guidance.

`CodedStudy` is what they are made of, `catalogue` lists them, `job` writes their files.
"""
