import type { TaskLabel } from '#engine/classify/index.ts';
import { hourOf, type NamedSignals, weekdayOf } from '#engine/signals/index.ts';
import { pick, type Random } from './chance.ts';
import { measureContent } from './measure-content.ts';
import type { SessionMemory } from './session-memory.ts';
import type { Turn } from './sessions.ts';

/** How hard requests of a task look in the middle; invented. */
const difficulty: Readonly<Record<TaskLabel, number>> = {
  conversation: 0.2,
  summarization: 0.35,
  code: 0.6,
  data_analysis: 0.55,
  agent_tools: 0.55,
  math_reasoning: 0.7,
  translation: 0.3,
  extraction: 0.3,
  creative_writing: 0.4,
  knowledge_qa: 0.35,
};

/**
 * What the gateway would have measured of a request: every signal there is, and the task that it is about. `others` has a
 * chance of its own, so that what is drawn there moves nothing else.
 */
export function measureTurn(
  turn: Turn,
  random: Random,
  others: { readonly random: Random; readonly memory: SessionMemory },
): { readonly signals: NamedSignals; readonly task: TaskLabel } {
  const { workload } = turn;
  const task = pick(workload.tasks, random);
  const signals: NamedSignals = {
    'time.at': turn.at,
    'time.hour': hourOf(turn.at),
    'time.weekday': weekdayOf(turn.at),
    'request.input_tokens': turn.inputTokens,
    'request.system_tokens': turn.systemTokens,
    'request.max_output_tokens': workload.maxOutputTokens,
    'request.bytes': Math.round(turn.inputTokens * 4.3 + 220 + workload.tools * 60),
    'request.messages': 2 * turn.turn - 1 + (turn.systemTokens > 0 ? 1 : 0),
    'request.turns': turn.turn,
    'request.tools': workload.tools,
    'request.images': turn.hasImage ? 1 : 0,
    'request.stream': random() < workload.stream,
    'request.json_output': random() < workload.json,
    'request.reasoning_effort': turn.effort,
    'request.model': turn.model,
    'request.dialect': workload.dialect,
    'request.metadata': {},
    'caller.key': workload.key,
    'caller.team': workload.team,
    'caller.project': workload.project,
    'caller.tags': workload.tags,
    'caller.retention': 'retains',
    'caller.regions': [],
    'caller.user': turn.user,
    'session.id': turn.session,
    'session.prefix': turn.prefix,
    'session.prefix_tokens': turn.prefixTokens,
    'task.label': task,
    'task.confidence': drawConfidence(random),
    'task.difficulty': round3(Math.min(1, Math.max(0, difficulty[task] + 0.35 * (random() - 0.5)))),
    'classifiers.label': {},
    'classifiers.confidence': {},
    'health.providers': ['*'],
    'health.open': [],
    'health.error_rate': {},
    'health.first_token_ms': {},
    'health.tokens_per_second': {},
    'limits.used': {},
    'budget.used': 0,
    draw: random(),
    ...measureContent(turn, task, others.random),
    ...others.memory.recall(turn),
  };
  const isSchema = signals['request.json_output'] === true && others.random() < 0.6;
  return { signals: { ...signals, 'request.json_schema': isSchema }, task };
}

/** Mostly sure, one in seven below what policies usually ask for. */
function drawConfidence(random: Random): number {
  return round3(random() < 0.14 ? 0.25 + 0.3 * random() : 0.99 - 0.44 * random() ** 2);
}

function round3(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
