import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallAnswer } from '../client/call-api.ts';
import { type Mocks, noMocks } from './mocks.ts';
import { bodyOf, emptyForm, type RequestForm, type TestDialect } from './request-draft.ts';

export type TesterMode = 'form' | 'body' | 'logged';

/** What is being tested; kept while the panel is folded. */
export interface TesterState {
  readonly mode: TesterMode;
  readonly dialect: TestDialect;
  readonly form: RequestForm;
  readonly bodyText: string;
  /** Id of a logged request whose signals are used. */
  readonly recordId: string | null;
  /** What is pretended of the moment. */
  readonly mocks: Mocks;
  readonly trial: CallAnswer<'tryRequest'> | null;
  /** Hash of the drawing that answered. */
  readonly trialHash: string;
  /** What was asked, see {@link questionKey}. */
  readonly trialKey: string;
}

/** Tells one question from another: what is asked and what is pretended. */
export function questionKey({ mode, dialect, form, bodyText, recordId, mocks }: TesterState): string {
  const asked = mode === 'form' ? form : mode === 'body' ? bodyText : recordId;
  return JSON.stringify([mode, mode === 'logged' ? null : dialect, asked, mocks]);
}

export type TesterStore = StoreApi<TesterState>;

const stores = new Map<string, TesterStore>();

/** The tester of one policy; the same one each time its panel opens. */
export function testerStoreOf(policyId: string): TesterStore {
  const known = stores.get(policyId);
  if (known !== undefined) return known;
  const store = createStore<TesterState>(() => ({
    mode: 'form',
    dialect: 'openai-chat',
    form: emptyForm,
    bodyText: JSON.stringify(bodyOf(emptyForm, 'openai-chat'), null, 2),
    recordId: null,
    mocks: noMocks,
    trial: null,
    trialHash: '',
    trialKey: '',
  }));
  stores.set(policyId, store);
  return store;
}
