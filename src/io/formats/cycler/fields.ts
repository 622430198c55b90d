/** Fields of a line, trimmed; quotes hold separators. */
export function fieldsOf(line: string, separator: string): string[] {
  if (separator === ' ') return line.trim().split(/\s+/)
  if (!line.includes('"')) return line.split(separator).map(field => field.trim())
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (c === '"') {
      if (quoted && line[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = !quoted
    } else if (c === separator && !quoted) {
      fields.push(field.trim())
      field = ''
    } else field += c
  }
  fields.push(field.trim())
  return fields
}

/** Fields up to the last that is not empty. */
export function withoutEmptyEnd(fields: string[]): string[] {
  while (fields.length > 0 && fields[fields.length - 1] === '') fields.pop()
  return fields
}
