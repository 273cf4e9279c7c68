/** Explanations: a decision as sentences that a person understands. */
export { explainDecision, nameOf, type Reason } from './explain-decision.ts';
export { showSignal } from './show-signal.ts';
