/** Settings of what is selected, and the list of what is wrong. */
export { Inspector } from './inspector.tsx';
export { ProblemsList } from './problems-list.tsx';
