"""Battery structures by gemmi: unique reflections with d and multiplicity, atoms of the cell, mass.
Cells and positions are published ones, rounded; what counts is that both programs are given the same.
Run: python3 tests/reference/model/make_structures.py > tests/reference/model/structures.json"""
import json
import gemmi

STRUCTURES = [
    ('LiFePO4', (10.332, 6.010, 4.692, 90, 90, 90), 'P n m a', 0.9,
     'Li Li 0 0 0 1;Fe Fe 0.28222 0.25 0.97472 1;P P 0.09486 0.25 0.4182 1;O1 O 0.09678 0.25 0.74279 1;O2 O 0.4571 0.25 0.20602 1;O3 O 0.16558 0.04646 0.28478 1'),
    ('LiFePO4 as Pmnb', (6.010, 10.332, 4.692, 90, 90, 90), 'P m n b', 0.9,
     'Li Li 0 0 0 1;Fe Fe 0.25 0.28222 0.97472 1'),
    ('LiCoO2', (2.8156, 2.8156, 14.0542, 90, 90, 120), 'R -3 m:H', 0.7, 'Li Li 0 0 0.5 1;Co Co 0 0 0 1;O O 0 0 0.2395 1'),
    ('LiCoO2, rhombohedral axes', (4.9590, 4.9590, 4.9590, 32.98, 32.98, 32.98), 'R -3 m:R', 0.7,
     'Li Li 0.5 0.5 0.5 1;Co Co 0 0 0 1;O O 0.2395 0.2395 0.2395 1'),
    ('NMC with 3 % mixing', (2.867, 2.867, 14.255, 90, 90, 120), 'R -3 m:H', 0.7,
     'Li3b Li 0 0 0.5 0.97;Ni3b Ni 0 0 0.5 0.03;Ni3a Ni 0 0 0 0.57;Mn3a Mn 0 0 0 0.2;Co3a Co 0 0 0 0.2;Li3a Li 0 0 0 0.03;O O 0 0 0.2411 1'),
    ('Si, origin 1', (5.43102, 5.43102, 5.43102, 90, 90, 90), 'F d -3 m:1', 0.5, 'Si Si 0 0 0 1'),
    ('Si, origin 2', (5.43102, 5.43102, 5.43102, 90, 90, 90), 'F d -3 m:2', 0.5, 'Si Si 0.125 0.125 0.125 1'),
    ('graphite', (2.464, 2.464, 6.711, 90, 90, 120), 'P 63/m m c', 0.6, 'C1 C 0 0 0.25 1;C2 C 0.3333 0.6667 0.25 1'),
    ('LiMn2O4', (8.2476, 8.2476, 8.2476, 90, 90, 90), 'F d -3 m:2', 0.7, 'Li Li 0.125 0.125 0.125 1;Mn Mn 0.5 0.5 0.5 1;O O 0.2625 0.2625 0.2625 1'),
    ('LiNi0.5Mn1.5O4', (8.1685, 8.1685, 8.1685, 90, 90, 90), 'P 43 3 2', 0.9,
     'Li Li 0.0135 0.0135 0.0135 1;Ni Ni 0.625 0.625 0.625 1;Mn Mn 0.125 0.3789 -0.1289 1;O1 O 0.3856 0.3856 0.3856 1;O2 O 0.1478 -0.142 0.1283 1'),
    ('Li2RuO3 C2/c', (4.9230, 8.7746, 9.8795, 90, 100.02, 90), 'C 1 2/c 1', 0.9,
     'Li1 Li 0.25 0.25 0 1;Li2 Li 0 0.088 0.25 1;Ru Ru 0 0.4171 0.25 1;Li3 Li 0 0.7466 0.25 1;O1 O 0.2501 0.2494 0.1327 1;O2 O 0.2498 0.5836 0.1327 1;O3 O 0.2668 0.9203 0.1313 1'),
    ('Li2RuO3 C2/m', (5.0213, 8.7550, 5.1539, 90, 108.95, 90), 'C 1 2/m 1', 0.8,
     'Ru Ru 0 0.3335 0 1;Li1 Li 0 0 0 1;Li2 Li 0 0.824 0.5 1;Li3 Li 0 0.5 0.5 1;O1 O 0.2513 0.3221 0.7646 1;O2 O 0.2739 0 0.7744 1'),
    ('LiVPO4F', (5.1827, 5.3048, 7.2604, 107.592, 107.974, 98.391), 'P -1', 0.9,
     'V1 V 0 0 0 1;V2 V 0 0 0.5 1;P P 0.3242 0.6455 0.2483 1;F F -0.0902 0.0914 0.2472 1;Li Li 0.71 0.38 0.23 1'),
    ('ZnO', (3.2498, 3.2498, 5.2066, 90, 90, 120), 'P 63 m c', 0.7, 'Zn Zn 0.3333 0.6667 0 1;O O 0.3333 0.6667 0.3819 1'),
    ('Li4Ti5O12', (8.3595, 8.3595, 8.3595, 90, 90, 90), 'F d -3 m:2', 0.8,
     'Li1 Li 0.125 0.125 0.125 1;Li2 Li 0.5 0.5 0.5 0.1667;Ti Ti 0.5 0.5 0.5 0.8333;O O 0.2626 0.2626 0.2626 1'),
    ('LiAlO2 4/m-like test', (9.0, 9.0, 5.0, 90, 90, 90), 'P 4/m', 1.0, 'Al Al 0.1 0.2 0 1'),
    ('pyrite Pa-3', (5.4179, 5.4179, 5.4179, 90, 90, 90), 'P a -3', 0.7, 'Fe Fe 0 0 0 1;S S 0.3848 0.3848 0.3848 1'),
    ('quartz', (4.9137, 4.9137, 5.4047, 90, 90, 120), 'P 32 2 1', 0.8, 'Si Si 0.4697 0 0 1;O O 0.4135 0.2669 0.1191 1'),
]


def unique(ops, hkl):
    images = {tuple(op.apply_to_hkl(list(hkl))) for op in ops.sym_ops}
    images |= {tuple(-x for x in i) for i in images}
    # the library's rule: fewest negative indices, the first ones foremost, then the largest
    best = min(images, key=lambda i: (sum(x < 0 for x in i), sum(w for x, w in zip(i, (1, 2, 4)) if x < 0), tuple(-x for x in i)))
    return best, len(images)


out = []
for name, numbers, hm, d_min, sites in STRUCTURES:
    cell, sg = gemmi.UnitCell(*numbers), gemmi.SpaceGroup(hm)
    ops = sg.operations()
    lines = sorted((-cell.calculate_d(list(map(int, h))), *unique(ops, tuple(map(int, h)))) for h in gemmi.make_miller_array(cell, sg, d_min, 0, True))
    small = gemmi.SmallStructure()
    small.cell, small.spacegroup_hm = cell, sg.xhm()
    for line in sites.split(';'):
        label, element, x, y, z, occ = line.split()
        site = gemmi.SmallStructure.Site()
        site.label, site.type_symbol, site.element, site.occ = label, element, gemmi.Element(element), float(occ)
        site.fract = gemmi.Fractional(float(x), float(y), float(z))
        small.add_site(site)
    small.setup_cell_images()
    atoms = small.get_all_unit_cell_sites()
    counts = {}
    for a in atoms:
        counts[a.element.name] = counts.get(a.element.name, 0) + a.occ
    mass = sum(n * gemmi.Element(e).weight for e, n in counts.items())
    out.append(dict(name=name, cell=numbers, hm=sg.xhm(), dMin=d_min, sites=sites, count=len(lines),
                    lines=' '.join(f'{h},{k},{l}:{m}' for _, (h, k, l), m in sorted(lines, key=lambda x: (x[1]))),
                    dSum=sum(-x[0] for x in lines), atoms=len(atoms), counts=counts,
                    density=mass / cell.volume / 0.602214076))
print(json.dumps(dict(peer=f'gemmi {gemmi.__version__}', structures=out), indent=0))
