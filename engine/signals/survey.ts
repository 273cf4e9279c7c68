import { type PrivateKinds, privateKindsIn } from '../privacy/index.ts';
import { boundariesOf } from './boundaries.ts';
import { codeBlocksIn } from './code-blocks.ts';
import { estimateMessageTokens, estimateToolTokens } from './estimate-tokens.ts';
import type { AgentState, Intake, MeasuredIntake, NeutralMessage } from './intake.ts';

/** Works out once what several signals are made of. */
export function survey(intake: Intake): MeasuredIntake {
  const { request, fingerprint, checksum } = intake;
  const { messages } = request;
  const { countedTokens = 0 } = request;
  // A prompt that came as tokens is one message without a text.
  const messageTokens = messages.map(
    (message, index) => estimateMessageTokens(message) + (index === 0 ? countedTokens : 0),
  );
  const checksums = messages.map(({ text }) => checksum(text));
  const toolTokens = estimateToolTokens(request);
  const userText = messages.findLast(({ role }) => role === 'user')?.text ?? '';
  const firstTurn = messages.findIndex(({ role }) => role === 'user');
  const boundaries = boundariesOf({ request, toolTokens, messageTokens, checksums, fingerprint, checksum });
  return {
    request,
    caller: intake.caller,
    at: intake.at,
    draw: intake.draw,
    fingerprint,
    checksum,
    task: intake.task,
    live: intake.live,
    inputTokens: messageTokens.reduce((sum, tokens) => sum + tokens, toolTokens),
    messageTokens,
    userText,
    code: codeBlocksIn(userText),
    agent: surveyTools(messages),
    private: privateIn(messages),
    boundaries,
    opening: `${boundaries.opening} ${checksums[firstTurn] ?? 0}`,
  };
}

/** The state of the tools, read from the end. */
function surveyTools(messages: readonly NeutralMessage[]): AgentState {
  let turn = 0;
  let results = 0;
  let failuresInRow = 0;
  let failing = true;
  let running = true;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const { role, toolCalls, toolResults } = messages[index] as NeutralMessage;
    if (role === 'user') running = false;
    else if (running && toolCalls > 0) turn += 1;
    results += toolResults.length;
    for (let at = toolResults.length - 1; at >= 0 && failing; at -= 1) {
      failing = toolResults[at] === 'failed';
      if (failing) failuresInRow += 1;
    }
  }
  return { turn, results, failuresInRow };
}

/** Texts shorter than this are searched together: beginning a search costs what searching some hundred characters does. */
const together = 2_000;

function privateIn(messages: readonly NeutralMessage[]): PrivateKinds {
  let short = '';
  let found: PrivateKinds | undefined;
  for (const { text } of messages) {
    // NUL belongs to nothing that is looked for.
    if (text.length < together) short += `\0${text}`;
    else found = found === undefined ? privateKindsIn(text) : join(found, privateKindsIn(text));
  }
  const rest = privateKindsIn(short);
  return found === undefined ? rest : join(found, rest);
}

function join(one: PrivateKinds, other: PrivateKinds): PrivateKinds {
  return { personal: union(one.personal, other.personal), secret: union(one.secret, other.secret) };
}

function union<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  if (other.length === 0) return one;
  return one.length === 0 ? other : [...new Set([...one, ...other])].sort();
}
