/** A model that is asked whether an answer will do. */
export interface Judge {
  readonly target: string;
  /** Put to the judge with request and answer: “Does the answer solve the task?” */
  readonly question: string;
  /** The least mark of 0–1 that is accepted. */
  readonly atLeast: number;
}

/** What an answer must be like to be taken; every check that is stated must hold. */
export interface Accept {
  /** JSON that fits the schema the client asked for, or any JSON where it asked for JSON. */
  readonly schema: boolean;
  /** Not a refusal to answer. */
  readonly noRefusal: boolean;
  /** Characters of text; 0 asks for none. */
  readonly minCharacters: number;
  /** Mean log probability of the tokens, 0 or below; `null` does not ask. */
  readonly minLogprob: number | null;
  /** Asked in order. */
  readonly judges: readonly Judge[];
}

/** The checks of a cascade inside another: an answer must pass both. */
export function mergeAccept(outer: Accept | null, inner: Accept | null): Accept | null {
  if (outer === null || inner === null) return outer ?? inner;
  const logprobs = [outer.minLogprob, inner.minLogprob].filter((value) => value !== null);
  return Object.freeze({
    schema: outer.schema || inner.schema,
    noRefusal: outer.noRefusal || inner.noRefusal,
    minCharacters: Math.max(outer.minCharacters, inner.minCharacters),
    minLogprob: logprobs.length === 0 ? null : Math.max(...logprobs),
    judges: Object.freeze([...inner.judges, ...outer.judges]),
  });
}
