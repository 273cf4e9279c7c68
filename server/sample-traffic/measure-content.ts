import type { TaskLabel } from '#engine/classify/index.ts';
import type { NamedSignals } from '#engine/signals/index.ts';
import { pick, type Random } from './chance.ts';
import type { Turn } from './sessions.ts';

const charactersPerToken = 4;
/** From so many tools on, a client is an agent: what it sends after its first turn are results of tools. */
const agentTools = 9;

/** What would be found in the messages; shares are invented. Nothing here follows from a trace but the lengths. */
export function measureContent(turn: Turn, task: TaskLabel, random: Random): NamedSignals {
  const { workload, inputTokens, prefixTokens, systemTokens } = turn;
  const latest = inputTokens - prefixTokens;
  const isAgent = workload.tools >= agentTools;
  const codeBlocks = task === 'code' && !isAgent && random() < 0.4 ? 1 + Math.floor(2 * random()) : 0;
  return {
    'request.user_characters': charactersPerToken * (isAgent && turn.turn > 1 ? 60 : latest),
    'request.last_message_tokens': latest,
    'request.longest_message_tokens': Math.max(latest, systemTokens),
    'request.language': languageOf(workload.team, task, random),
    'request.code_blocks': codeBlocks,
    'request.code_share': codeBlocks === 0 ? 0 : Math.round(100 * (0.2 + 0.7 * random())) / 100,
    'request.pii': personalIn(workload.team, random),
    'request.secrets': workload.team === 'engineering' && random() < 0.004 ? ['api_key'] : [],
    'request.files': workload.project === 'documents' && random() < 0.3 ? 1 : 0,
    'request.audio': 0,
    ...agentSignals(turn, isAgent, random),
  };
}

function languageOf(team: string, task: TaskLabel, random: Random): string {
  if (team === 'engineering') return random() < 0.4 ? 'und' : 'en';
  if (team !== 'support' && task !== 'translation') return random() < 0.93 ? 'en' : 'und';
  return pick({ en: 0.6, de: 0.12, es: 0.1, fr: 0.08, nl: 0.04, ja: 0.02, und: 0.04 }, random);
}

function personalIn(team: string, random: Random): readonly string[] {
  const chance = random();
  if (team === 'support') return chance < 0.05 ? ['email'] : chance < 0.08 ? ['phone'] : [];
  if (team === 'back-office') return chance < 0.12 ? ['email', 'iban'] : chance < 0.2 ? ['phone'] : [];
  return [];
}

function agentSignals({ turn, session, workload }: Turn, isAgent: boolean, random: Random): NamedSignals {
  const failures = isAgent && turn > 1 && random() < 0.12 ? 1 + Math.floor(random() ** 3 * 4) : 0;
  // One of eight conversations of an agent was started by another agent; which one follows from its id.
  const isSubAgent = workload.project === 'agents' && Number.parseInt(session.slice(0, 2), 16) < 32;
  return {
    'agent.turn': isAgent ? turn - 1 : 0,
    'agent.tool_results': isAgent ? turn - 1 : 0,
    'agent.last_tool_failed': failures > 0,
    'agent.tool_failures': Math.min(failures, turn - 1),
    'agent.sub_agent': isSubAgent,
  };
}
