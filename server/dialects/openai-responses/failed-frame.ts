import type { WireProblem } from '../dialect.ts';
import { errorBody } from '../openai-chat/errors.ts';
import { isWireObject, parseJson, type WireObject } from '../wire-value.ts';

/**
 * `response.failed`, the end of a stream that broke. The error stands in it twice: Codex reads the one inside the response
 * and passes over events of type `error`; OpenAI's own clients throw on one beside it and on nothing else.
 *
 * @param response What `response.created` said of it; empty when it never came.
 */
export function failedFrame(problem: WireProblem, response: WireObject, sequenceNumber: number): string {
  const begun = { id: `resp_${problem.requestId}`, object: 'response', output: [], ...response };
  return responseFailed(begun, errorBody(problem), sequenceNumber);
}

/** The frame of a failed response; `body` is the error as a body of its own would state it. */
export function responseFailed(response: WireObject, body: string, sequenceNumber: number): string {
  const wire = parseJson(body);
  const error = isWireObject(wire) && isWireObject(wire.error) ? wire.error : {};
  const { code = null, message = '' } = error;
  const data = {
    type: 'response.failed',
    sequence_number: sequenceNumber,
    response: { ...response, status: 'failed', error: { code, message } },
    error,
  };
  return `event: response.failed\ndata: ${JSON.stringify(data)}\n\n`;
}
