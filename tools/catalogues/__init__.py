"""Catalogues of translations: collect their phrases, check and compile them."""
