import { isWireObject, textOf } from '../../wire-value.ts';

/** OpenAI's logprobs as Google's `logprobsResult`; `undefined` where there are none. */
export function googleLogprobs(logprobs: unknown): object | undefined {
  const content = isWireObject(logprobs) && Array.isArray(logprobs.content) ? logprobs.content : [];
  if (content.length === 0) return undefined;
  return {
    chosenCandidates: content.map(candidateOf),
    topCandidates: content.map((one: unknown) => {
      const top = isWireObject(one) && Array.isArray(one.top_logprobs) ? one.top_logprobs : [];
      return { candidates: top.map(candidateOf) };
    }),
  };
}

function candidateOf(one: unknown): object {
  const { token, logprob } = isWireObject(one) ? one : {};
  return { token: textOf(token), logProbability: typeof logprob === 'number' ? logprob : 0 };
}
