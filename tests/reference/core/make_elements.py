"""Symbols and atomic weights of gemmi and xraydb. Run: python3 tests/reference/core/make_elements.py > tests/reference/core/elements.json"""
import json
import gemmi
import xraydb

print(json.dumps(dict(peer=f'gemmi {gemmi.__version__}, xraydb {xraydb.__version__}',
                      elements=[[gemmi.Element(z).name, gemmi.Element(z).weight, xraydb.atomic_mass(z)] for z in range(1, 99)])))
