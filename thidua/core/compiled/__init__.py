"""Đường nhanh: a scale compiled once, blocs evaluated in whole numbers, no strings, no findings.

Every figure with points is an exact number times the plan's common denominator: an int wherever the
rule allows, a Fraction only where a division does not come out even. The results are those of
`thidua.core.score`; a property test holds the two paths together.
"""

from thidua.core.compiled.inputs import BlocInputs, UnitInputs
from thidua.core.compiled.scale import CompiledScale, CompiledUnit, compile_scale

__all__ = ["BlocInputs", "CompiledScale", "CompiledUnit", "UnitInputs", "compile_scale"]
