"""Chạy thử thang điểm: what a draft scale would do to figures that are already known. Pure.

`matching` pairs the lines of two scales, `carrying` lays last year's figures on a draft, `made_up`
draws figures from a seed, `settling` gives 0 to what is still open, `lines` and `moves` say what
the result is made of, `reach` what each kind of unit can reach at all, `treatments` what another
treatment of lines without target would change. Nothing here decides or stores anything.
"""
