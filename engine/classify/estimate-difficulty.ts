import { cutText } from './cut-text.ts';
import { type TaskInput, type TaskLabel, taskLabels } from './task-labels.ts';

/** How hard a task of each kind tends to be, by judgement: nothing here is fitted. */
const usualDifficulty: Readonly<Record<TaskLabel, number>> = {
  conversation: 0.1,
  summarization: 0.3,
  code: 0.5,
  data_analysis: 0.5,
  agent_tools: 0.45,
  math_reasoning: 0.55,
  translation: 0.25,
  extraction: 0.3,
  creative_writing: 0.35,
  knowledge_qa: 0.25,
};

const constraint =
  /\b(?:must|exactly|at least|at most|no more than|without|except|only|never|ensure|should not|avoid|muss|genau|mindestens|ohne|sans|exactement|au moins|sin|exactamente|sem|pelo menos)\b|必须|不要|至少|(?:^|\n)\s*(?:[-*•]|\d+[.)])\s/g;
const depth =
  /\b(?:prove|proof|derive|optimi[sz]\w*|architect\w*|trade-?offs?|complexity|concurren\w*|deadlock|race condition|distributed|step by step|multi-?step|edge cases?|rigorous\w*|in depth|comprehensive\w*|root cause|memory leak|theorem|asymptotic\w*|beweise|démontre\w*|demuestra)\b|证明|推导|优化|証明|최적화/g;

/**
 * A heuristic guess at how hard a request is, 0–1: what such tasks usually ask (45 %), length (20 %),
 * constraints (20 %) and words of depth (15 %), a little more with tools, images or a long conversation.
 * No outcome was used to set it; text alone predicts difficulty weakly.
 */
export function estimateDifficulty(input: TaskInput, scores: Readonly<Record<TaskLabel, number>>): number {
  const text = cutText(input.text).toLowerCase();
  const usual = taskLabels.reduce((sum, label) => sum + scores[label] * usualDifficulty[label], 0);
  const length = Math.min(1, Math.log2(1 + input.text.length / 100) / 7);
  const constraints = Math.min(1, count(text, constraint) / 6);
  const deep = Math.min(1, count(text, depth) / 2);
  const structure =
    saturate(input.tools, 10) * 0.05 + saturate(input.images, 4) * 0.05 + saturate(input.messages, 20) * 0.05;
  const sum = 0.45 * (usual / 0.55) + 0.2 * length + 0.2 * constraints + 0.15 * deep + structure;
  return Math.min(1, Math.max(0, sum));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function saturate(value: number | undefined, full: number): number {
  return value === undefined || !(value > 0) ? 0 : Math.min(1, value / full);
}
