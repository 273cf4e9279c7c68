import type { TaskLabel } from '#engine/classify/index.ts';
import type { Dialect } from '#engine/signals/index.ts';
import {
  agentAnswers,
  agentPrompts,
  chatAnswers,
  chatPrompts,
  completionAnswers,
  completionPrompts,
  documentPrompts,
  type Lengths,
  nightHours,
  officeHours,
  queryAnswers,
  queryPrompts,
  textAnswers,
  textPrompts,
} from './profile.ts';

/** One way in which a team of the invented company uses models. Shares and mixes are invented; lengths and hours are not. */
export interface Workload {
  readonly team: string;
  readonly project: string;
  readonly key: string;
  readonly tags: readonly string[];
  /** Share of all requests. */
  readonly share: number;
  readonly hours: readonly number[];
  /** Requests on a Saturday or a Sunday beside those of a working day. */
  readonly weekend: number;
  readonly prompts: Lengths;
  /** `null` leaves an answer's length to the model, by the task. */
  readonly answers: Lengths | null;
  readonly tasks: Readonly<Partial<Record<TaskLabel, number>>>;
  readonly dialect: Dialect;
  /** What clients ask for, by share. */
  readonly models: Readonly<Record<string, number>>;
  readonly stream: number;
  readonly json: number;
  readonly images: number;
  readonly tools: number;
  readonly systemTokens: number;
  readonly maxOutputTokens: number;
  /** Chance that a conversation goes on after a turn, and the most turns it has. */
  readonly goesOn: number;
  readonly mostTurns: number;
  /** Turns follow one another faster than people type; 1 is as measured. */
  readonly pace: number;
  /** End users; 0 where the client names none. */
  readonly users: number;
  readonly effort: Readonly<Record<string, number>>;
  /** Whether an Anthropic client marks what is to be cached. */
  readonly marksCache: boolean;
}

const usual = {
  tags: [],
  hours: officeHours,
  weekend: 0.35,
  dialect: 'openai-chat',
  models: { auto: 1 },
  stream: 0,
  json: 0,
  images: 0,
  tools: 0,
  systemTokens: 120,
  maxOutputTokens: 0,
  goesOn: 0,
  mostTurns: 1,
  pace: 1,
  users: 0,
  effort: { '': 1 },
  marksCache: false,
} as const satisfies Partial<Workload>;

/** The company: six teams, nine ways of using models. The shares add up to 1. */
export const workloads: readonly Workload[] = [
  {
    ...usual,
    team: 'support',
    project: 'assistant',
    key: 'support-assistant',
    share: 0.22,
    weekend: 0.7,
    prompts: chatPrompts,
    answers: chatAnswers,
    tasks: {
      conversation: 0.52,
      knowledge_qa: 0.3,
      translation: 0.06,
      summarization: 0.07,
      agent_tools: 0.05,
    },
    stream: 0.95,
    systemTokens: 380,
    tools: 3,
    goesOn: 0.55,
    mostTurns: 9,
    users: 900,
  },
  {
    ...usual,
    team: 'support',
    project: 'desk',
    key: 'support-desk',
    share: 0.06,
    weekend: 0.5,
    prompts: chatPrompts,
    answers: chatAnswers,
    tasks: { summarization: 0.5, conversation: 0.2, creative_writing: 0.3 },
    dialect: 'anthropic-messages',
    stream: 0.6,
    systemTokens: 520,
    maxOutputTokens: 2_048,
    goesOn: 0.3,
    mostTurns: 4,
    users: 60,
    marksCache: true,
  },
  {
    ...usual,
    team: 'search',
    project: 'ranking',
    key: 'search-ranking',
    share: 0.24,
    weekend: 0.75,
    prompts: queryPrompts,
    answers: queryAnswers,
    tasks: { extraction: 0.62, knowledge_qa: 0.28, translation: 0.1 },
    json: 0.8,
    systemTokens: 12,
    maxOutputTokens: 512,
  },
  {
    ...usual,
    team: 'engineering',
    project: 'agents',
    key: 'eng-agents',
    share: 0.12,
    weekend: 0.2,
    prompts: agentPrompts,
    answers: agentAnswers,
    tasks: { code: 0.62, agent_tools: 0.3, data_analysis: 0.08 },
    dialect: 'anthropic-messages',
    models: { auto: 0.55, 'claude-sonnet-5': 0.35, 'claude-opus-5': 0.1 },
    stream: 1,
    systemTokens: 780,
    tools: 18,
    maxOutputTokens: 32_000,
    goesOn: 0.86,
    mostTurns: 40,
    pace: 0.35,
    users: 45,
    effort: { '': 0.7, medium: 0.1, high: 0.2 },
    marksCache: true,
  },
  {
    ...usual,
    team: 'engineering',
    project: 'codex',
    key: 'eng-codex',
    share: 0.05,
    weekend: 0.2,
    prompts: agentPrompts,
    answers: agentAnswers,
    tasks: { code: 0.7, agent_tools: 0.3 },
    stream: 1,
    systemTokens: 700,
    tools: 9,
    goesOn: 0.84,
    mostTurns: 40,
    pace: 0.35,
    users: 25,
    effort: { medium: 0.75, high: 0.25 },
  },
  {
    ...usual,
    team: 'engineering',
    project: 'completion',
    key: 'eng-completion',
    share: 0.14,
    weekend: 0.15,
    prompts: completionPrompts,
    answers: completionAnswers,
    tasks: { code: 1 },
    systemTokens: 90,
    maxOutputTokens: 1_024,
    effort: { none: 1 },
    users: 80,
  },
  {
    ...usual,
    team: 'data',
    project: 'analytics',
    key: 'data-analytics',
    share: 0.06,
    prompts: textPrompts,
    answers: null,
    tasks: { data_analysis: 0.55, math_reasoning: 0.2, code: 0.25 },
    stream: 0.4,
    json: 0.3,
    systemTokens: 60,
    tools: 2,
    goesOn: 0.5,
    mostTurns: 6,
    users: 30,
    effort: { '': 0.8, low: 0.1, high: 0.1 },
  },
  {
    ...usual,
    team: 'marketing',
    project: 'copy',
    key: 'marketing-copy',
    share: 0.05,
    weekend: 0.1,
    prompts: textPrompts,
    answers: textAnswers,
    tasks: { creative_writing: 0.65, translation: 0.25, summarization: 0.1 },
    stream: 0.9,
    images: 0.12,
    systemTokens: 40,
    goesOn: 0.5,
    mostTurns: 6,
    users: 18,
  },
  {
    ...usual,
    team: 'back-office',
    project: 'documents',
    key: 'batch-documents',
    tags: ['batch'],
    share: 0.06,
    hours: nightHours,
    weekend: 0.6,
    prompts: documentPrompts,
    answers: null,
    tasks: { summarization: 0.5, extraction: 0.5 },
    json: 0.5,
    systemTokens: 240,
  },
];
