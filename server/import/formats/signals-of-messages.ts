import { type Caller, type NamedSignals, nameSignals, type SignalName } from '#engine/signals/index.ts';
import { dialects } from '../../dialects/index.ts';
import { measure } from '../../gateway/measure.ts';
import type { Row } from '../foreign-request.ts';
import { objectIn } from '../read-field.ts';

const nobody: Caller = Object.freeze({ key: '', team: '', project: '', tags: Object.freeze([]) });
/** What an importing program has none of. */
const nothing = { draw: () => 0, fingerprint: () => '' };
const measured = /^(request|agent|task)\./;
/** A log of messages does not say these, or says them elsewhere. */
const unsaid: ReadonlySet<string> = new Set<SignalName>([
  'request.bytes',
  'request.dialect',
  'request.metadata',
  'request.model',
  'agent.sub_agent',
]);

/**
 * The signals of messages that a log holds in OpenAI's form (`messages`, and beside it `model_parameters`). The text itself
 * goes no further. None where there are no messages, or a logger has blanked them out.
 */
export function signalsOfMessages(row: Row): NamedSignals {
  const { messages } = row;
  if (!Array.isArray(messages) || messages.length === 0) return {};
  const wire = { ...objectIn(row, 'model_parameters'), model: 'unknown', messages };
  const read = dialects['openai-chat'].readRequest(wire, { bytes: 0, session: '', user: '' });
  if (read.kind === 'bad') return {};
  const signals = Object.entries(nameSignals(measure(read.request, nobody, 0, nothing)));
  return Object.fromEntries(
    signals.filter(([name]) => measured.test(name) && !unsaid.has(name)),
  ) as NamedSignals;
}
