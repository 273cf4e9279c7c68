export { type PlayedCase, playCase } from './play-case.ts';
export { CasesFile, PolicyCase } from './policy-case.ts';
