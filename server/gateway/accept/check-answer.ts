import type { Accept, Judge } from '#engine/nodes/index.ts';
import type { Context } from '../../context.ts';
import { parseJson, type WireObject } from '../../dialects/index.ts';
import { askModel, type OnBehalf } from '../ask-model.ts';
import type { MadeAttempt } from '../made-attempt.ts';
import { askedFormat, fitsSchema } from './asked-format.ts';
import { judgeQuestion, markIn } from './judge-question.ts';
import { opensAsRefusal } from './refusal-openings.ts';
import type { Said } from './said.ts';

/** Whether an answer will do. `attempts` are the judges' calls; `notes` name checks that could not be made, and passed. */
export interface Verdict {
  readonly accepted: boolean;
  /** Why not, as a sentence; empty when accepted. */
  readonly reason: string;
  readonly attempts: readonly MadeAttempt[];
  readonly notes: readonly string[];
}

/** The answer to be looked at and what it answers. */
export interface Answered {
  readonly said: Said;
  /** The client's body. */
  readonly wire: WireObject;
  /** The user's last words. */
  readonly task: string;
  /** How long judges may take in all, ms. */
  readonly leftMs: number;
}

/** What a check that costs nothing finds. */
type Finding = { readonly reason: string } | { readonly note: string } | undefined;

/** Makes the checks of a cascade, those that cost nothing first; a judge is asked only about what has passed them. */
export async function checkAnswer(
  accept: Accept,
  answered: Answered,
  behalf: OnBehalf,
  context: Context,
): Promise<Verdict> {
  const notes: string[] = [];
  for (const check of [checkRefusal, checkLength, checkSchema, checkLogprob]) {
    const found = check(accept, answered);
    if (found === undefined) continue;
    if ('reason' in found) return { accepted: false, reason: found.reason, attempts: [], notes };
    notes.push(found.note);
  }
  const attempts: MadeAttempt[] = [];
  const until = performance.now() + answered.leftMs;
  for (const judge of accept.judges) {
    const deadlineMs = Math.min(longestJudgement, until - performance.now());
    const { reason, note, made } = await askJudge(judge, answered, deadlineMs, behalf, context);
    attempts.push(made);
    if (note !== '') notes.push(note);
    if (reason !== '') return { accepted: false, reason, attempts, notes };
  }
  return { accepted: true, reason: '', attempts, notes };
}

/** A judge that takes longer keeps the client waiting for more than its mark is worth, ms. */
const longestJudgement = 30_000;

function checkRefusal({ noRefusal }: Accept, { said }: Answered): Finding {
  if (!noRefusal) return undefined;
  if (said.refused) return { reason: 'It is a refusal.' };
  const isRefusal = said.calls.length === 0 && opensAsRefusal(said.text);
  return isRefusal ? { reason: 'It begins as refusals do.' } : undefined;
}

/** A call of a tool says what it has to say without a text. */
function checkLength({ minCharacters }: Accept, { said }: Answered): Finding {
  const characters = said.text.trim().length;
  if (said.calls.length > 0 || characters >= minCharacters) return undefined;
  return { reason: `It has ${characters} characters; ${minCharacters} are asked for.` };
}

function checkSchema({ schema }: Accept, { said, wire }: Answered): Finding {
  if (!schema || said.calls.length > 0) return undefined;
  const format = askedFormat(wire);
  if (format.kind === 'any') return undefined;
  if (said.cut) return { reason: 'Its JSON was cut short by the limit on tokens.' };
  const value = parseJson(said.text);
  if (value === undefined) return { reason: 'It is no JSON, which was asked for.' };
  if (format.kind === 'json') return undefined;
  const fits = fitsSchema(value, format.schema);
  if (fits === undefined) return { note: 'accept_schema_unchecked' };
  return fits ? undefined : { reason: 'It does not fit the JSON schema that was asked for.' };
}

function checkLogprob({ minLogprob }: Accept, { said }: Answered): Finding {
  if (minLogprob === null) return undefined;
  if (said.logprob === null) return { note: 'accept_logprob_unknown' };
  if (said.logprob >= minLogprob) return undefined;
  return { reason: `Its mean log probability is ${said.logprob.toFixed(2)}; ${minLogprob} is asked for.` };
}

async function askJudge(
  judge: Judge,
  answered: Answered,
  deadlineMs: number,
  behalf: OnBehalf,
  context: Context,
): Promise<{ readonly reason: string; readonly note: string; readonly made: MadeAttempt }> {
  const reply = await askModel({ ...judgeQuestion(judge, answered), deadlineMs }, behalf, context);
  const { made } = reply;
  const mark = reply.kind === 'answered' ? markIn(reply.text) : undefined;
  if (mark === undefined) return { reason: '', note: 'accept_judge_silent', made };
  const isGood = mark >= judge.atLeast;
  const reason = isGood ? '' : `${judge.target} gives it ${mark}; ${judge.atLeast} is asked for.`;
  return { reason, note: '', made };
}
