/** A reason not to start, told in one sentence or two. Printed without a stack; the exit code is 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** What an answer of `/api` may add to an error's code and sentence. */
export interface ApiFailureDetails {
  /** With `policy_invalid`: what is wrong with it. */
  readonly diagnostics?: readonly unknown[];
  /** With `invalid_request`: each field of the body that is wrong, by its place, and what would be right. */
  readonly fields?: readonly { readonly field: string; readonly message: string }[];
  /** With `revision_conflict`: the revision that is there now. */
  readonly revision?: number;
}

/** The caller's mistake in a call to `/api`: answered as it stands, never logged as ours. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  readonly code: string;
  readonly details: ApiFailureDetails;

  constructor(status: number, code: string, message: string, details: ApiFailureDetails = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** The answer's body: `ApiError` of the contract. */
  toJSON(): { readonly error: { readonly code: string; readonly message: string } & ApiFailureDetails } {
    return { error: { code: this.code, message: this.message, ...this.details } };
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
