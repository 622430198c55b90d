"""Facts of gemmi about every tabulated space-group setting: operations, point group, absences, multiplicities, epsilon.
Operations and reflection facts are kept as FNV-1a hashes of plain texts (see the test for the same texts made by the library).
Run: python3 tests/reference/model/make_space_groups.py > tests/reference/model/spaceGroups.json"""
import json
import re
import gemmi


def fnv(text):
    h = 0x811C9DC5
    for c in text.encode():
        h = ((h ^ c) * 0x01000193) & 0xFFFFFFFF
    return format(h, 'x')


BOX = [(h, k, l) for h in range(-2, 4) for k in range(-1, 4) for l in range(0, 7)]
rows = []
for sg in gemmi.spacegroup_table():
    ops = sg.operations()
    lines = sorted(','.join(str(e // 24) for row in op.rot for e in row) + '|' + ','.join(str(t % 24) for t in op.tran) for op in ops)
    facts = []
    for hkl in BOX:
        if hkl == (0, 0, 0):
            continue
        images = {tuple(op.apply_to_hkl(list(hkl))) for op in ops.sym_ops}
        images |= {tuple(-x for x in i) for i in images}
        facts.append(f'{int(ops.is_systematically_absent(list(hkl)))}{len(images)}/{ops.epsilon_factor_without_centering(list(hkl))}'
                     f'{int(ops.is_reflection_centric(list(hkl)))}')
    # names that CCP4 gave to shifted origins are written in one way by the library
    hm = re.sub(r'(\d)\(?a\)?$', r'\1(a)', sg.xhm())
    rows.append([sg.number, hm, sg.hall, sg.centring_type(), sg.point_group_hm(), sg.laue_str(), int(sg.is_centrosymmetric()),
                 len(lines), fnv('\n'.join(lines)), fnv(' '.join(facts))])
print(json.dumps(dict(peer=f'gemmi {gemmi.__version__}',
                      columns='number hm hall centring pointGroup laueClass centrosymmetric order operations reflections'.split(),
                      rows=rows), separators=(',', ':')).replace('],[', '],\n['))
