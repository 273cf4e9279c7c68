/** The fields of one CSV line (RFC 4180): quotes around a field, doubled quotes inside. A field never spans lines. */
export function splitCsv(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let from = 0;
  while (from <= line.length) {
    const { field, next } = line.charAt(from) === '"' ? quoted(line, from) : plain(line, from);
    fields.push(field);
    from = next;
  }
  return fields;
}

interface Field {
  readonly field: string;
  /** Where the next field begins. */
  readonly next: number;
}

function plain(line: string, from: number): Field {
  const comma = line.indexOf(',', from);
  const to = comma < 0 ? line.length : comma;
  return { field: line.slice(from, to), next: to + 1 };
}

function quoted(line: string, from: number): Field {
  let field = '';
  let at = from + 1;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return { field: field + line.slice(at), next: line.length + 1 };
    field += line.slice(at, quote);
    if (line.charAt(quote + 1) !== '"') {
      const rest = plain(line, quote + 1);
      return { field: field + rest.field, next: rest.next };
    }
    field += '"';
    at = quote + 2;
  }
}
