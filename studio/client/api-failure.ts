/** A call that did not succeed: the server said no, or there was no server. */
export class ApiFailure extends Error {
  readonly kind: 'refused' | 'offline' | 'unreadable';
  readonly status: number;
  /** The server's code, such as `revision_conflict`; empty when it did not answer. */
  readonly code: string;
  readonly diagnostics: readonly unknown[];
  /** Fields of the body that are wrong, by their place. */
  readonly fields: readonly { readonly field: string; readonly message: string }[];
  /** With `revision_conflict`: the revision that is there now. */
  readonly revision: number | null;

  constructor(
    kind: ApiFailure['kind'],
    message: string,
    detail: Partial<Pick<ApiFailure, 'status' | 'code' | 'diagnostics' | 'fields' | 'revision'>> = {},
  ) {
    super(message);
    this.name = 'ApiFailure';
    this.kind = kind;
    this.status = detail.status ?? 0;
    this.code = detail.code ?? '';
    this.diagnostics = detail.diagnostics ?? [];
    this.fields = detail.fields ?? [];
    this.revision = detail.revision ?? null;
  }
}

/** A sentence for people, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiFailure && error.fields.length > 0) return error.fields.map(fieldInWords).join(' ');
  return error instanceof Error ? error.message : String(error);
}

/** `groups.0.group` and `must name a group` → `groups 1, group: must name a group.` */
function fieldInWords({ field, message }: ApiFailure['fields'][number]): string {
  const place = field
    .replaceAll(/\.(\d+)/g, (_, index: string) => ` ${Number(index) + 1}`)
    .replaceAll('.', ', ');
  const sentence = place === '' ? message : `${place}: ${message}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
