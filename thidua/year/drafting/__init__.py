"""Dự thảo, góp ý: texts of the bloc from draft through comments to adoption."""
