"""From plain, schema-valid values to the model: `scale_from_plain`, `sheets_from_plain`."""

from thidua.core.loading.plain import NotANumber
from thidua.core.loading.scale import scale_from_plain
from thidua.core.loading.sheets import sheets_from_plain

__all__ = ["NotANumber", "scale_from_plain", "sheets_from_plain"]
