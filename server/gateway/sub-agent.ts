import type { IncomingHttpHeaders } from 'node:http';
import { headerOf } from './exchange.ts';

/**
 * Headers by which coding agents mark what a sub-agent asks: Claude Code (2.1.139 on) names the sub-agent and its parent,
 * Codex says what it was started for (`review`, `compact`, …) or which thread it belongs to, OpenCode names the parent's
 * session. The main agent sends none of them.
 */
const marks = [
  'x-claude-code-agent-id',
  'x-claude-code-parent-agent-id',
  'x-openai-subagent',
  'x-codex-parent-thread-id',
  'x-parent-session-id',
] as const;

/** Whether a client's headers say that a sub-agent asks. */
export function isOfSubAgent(headers: IncomingHttpHeaders): boolean {
  return marks.some((name) => headerOf(headers, name).trim() !== '');
}
