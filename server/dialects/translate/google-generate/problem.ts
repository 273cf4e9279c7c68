import { canonicalStatus } from '../../google-generate/errors.ts';
import type { Problem, ProblemKind } from '../neutral-answer.ts';

/** Google's words for what HTTP's statuses do not tell apart. */
const statusOfKind: Partial<Readonly<Record<ProblemKind, string>>> = {
  billing: 'FAILED_PRECONDITION',
  overloaded: 'UNAVAILABLE',
  timeout: 'DEADLINE_EXCEEDED',
};

/** Overloaded is 503 to Google's clients, which know no 529. */
const codeOfStatus: Readonly<Record<number, number>> = { 529: 503 };

/** The error's body, and what stands behind `data:` where it ends a stream. */
export function writeGoogleProblem({ status, kind, message, code, param, requestId }: Problem): string {
  const reason = code ?? kind;
  const metadata = {
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(param === undefined ? {} : { field: param }),
  };
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: reason.toUpperCase(),
    domain: 'waybill',
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
  return JSON.stringify({
    error: {
      code: codeOfStatus[status] ?? status,
      message,
      status: statusOfKind[kind] ?? canonicalStatus(status),
      details: [info],
    },
  });
}
