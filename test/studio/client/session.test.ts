import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { callApi } from '../../../studio/client/call-api.ts';
import { connection } from '../../../studio/client/connection.ts';
import { contract } from '../../../studio/client/contract.ts';
import { type Session, sessionKey } from '../../../studio/client/known-session.ts';
import { queryClient } from '../../../studio/client/query-client.ts';
import { settleSignIn, signInQueue } from '../../../studio/client/sign-in-again.ts';

const signedIn: Session = {
  state: 'signed_in',
  me: { id: 'ada', name: 'Ada', email: 'ada@example.com', grants: [{ role: 'owner', team: null }] },
  allowed: new Set(),
  csrf: 'first',
  signOn: null,
};

const refusal = { error: { code: 'not_authenticated', message: 'Sign in.' } };
const answers: Response[] = [];
const sent: (string | null)[] = [];
const answered = (status: number, body: object) => new Response(JSON.stringify(body), { status });

const asked = () => vi.waitFor(() => expect(signInQueue.getState().waiting).toHaveLength(1));

beforeAll(async () => void (await contract()));
beforeEach(() => {
  sent.length = 0;
  answers.length = 0;
  vi.stubGlobal('window', { sessionStorage: { getItem: () => null } });
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    sent.push(new Headers(init.headers).get('x-waybill-csrf'));
    return Promise.resolve(answers.shift() ?? answered(500, {}));
  });
  connection.setState({ state: 'online' });
  queryClient.setQueryData(sessionKey, signedIn);
});
afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

describe('a call of somebody whose session has ended', () => {
  it('waits, and is repeated with the new session’s token once they have signed in again', async () => {
    answers.push(answered(401, refusal), answered(200, { policies: [] }));
    const call = callApi('listPolicies', {});
    await asked();
    expect(sent).toEqual(['first']);
    queryClient.setQueryData(sessionKey, { ...signedIn, csrf: 'second' });
    settleSignIn(true);
    expect(await call).toEqual({ policies: [] });
    expect(sent).toEqual(['first', 'second']);
    expect(connection.getState().state).toBe('online');
  });

  it('fails as it was refused when they leave instead', async () => {
    answers.push(answered(401, refusal));
    const call = expect(callApi('listPolicies', {})).rejects.toMatchObject({ status: 401 });
    await asked();
    settleSignIn(false);
    await call;
    expect(sent).toHaveLength(1);
  });
});

it('asks for the admin token where there are no accounts', async () => {
  queryClient.setQueryData(sessionKey, { ...signedIn, state: 'open', me: null, csrf: null });
  answers.push(answered(401, refusal));
  await expect(callApi('listPolicies', {})).rejects.toMatchObject({ status: 401 });
  expect(sent).toEqual([null]);
  expect(connection.getState().state).toBe('locked');
});
