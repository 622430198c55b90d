import type { H5Dataset, H5Group } from './h5.js'

function child(group: H5Group, name: string, type: 'Dataset' | 'Group'): H5Dataset | H5Group | undefined {
  const entity = group.get(name)
  return entity !== null && 'type' in entity && entity.type === type ? (entity as H5Dataset | H5Group) : undefined
}

/**
 * The dataset of that name; `undefined` if there is none: links that lead nowhere count as none.
 * @param group The open group.
 * @param name  Name in the group.
 */
export function datasetIn(group: H5Group, name: string): H5Dataset | undefined {
  return child(group, name, 'Dataset') as H5Dataset | undefined
}

/**
 * The subgroup of that name; `undefined` if there is none.
 * @param group The open group.
 * @param name  Name in the group.
 */
export function groupIn(group: H5Group, name: string): H5Group | undefined {
  return child(group, name, 'Group') as H5Group | undefined
}
