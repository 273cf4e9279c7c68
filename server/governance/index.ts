/** Who may spend what on which model: keys, scopes, rate limits, budgets. */
export { type Denial, denialHeaders } from './denial.ts';
export type { Governance } from './governance.ts';
export type { KeyDirectory } from './key-directory.ts';
export type { EndedCall, Leave, Pass } from './pass.ts';
