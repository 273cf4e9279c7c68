import { type Policy, parsePolicyValue } from '#engine/policy/index.ts';

/** A tree of conditions over models: `count` nodes, every second one a model. */
export function bigPolicy(count: number): Policy {
  const inner = Math.floor((count - 1) / 2);
  const idOf = (at: number): string => (at < inner ? `ask-${at}` : `answer-${at}`);
  const nodes = Object.fromEntries(
    Array.from({ length: inner * 2 + 1 }, (_, at) => [
      idOf(at),
      at < inner
        ? {
            kind: 'condition',
            label: `Question ${at}`,
            cases: [{ id: 'yes', when: `request.input_tokens > ${100 + at}`, to: idOf(2 * at + 1) }],
            else: idOf(2 * at + 2),
          }
        : { kind: 'model', target: 'openai/gpt-5-mini' },
    ]),
  );
  const read = parsePolicyValue({ format: 1, id: 'big', name: 'Big', entry: 'ask-0', nodes });
  if (read.kind === 'bad') throw new Error(`The big policy is not one: ${JSON.stringify(read)}`);
  return read.policy;
}
