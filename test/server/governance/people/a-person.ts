import type { RoleGrant } from '#server/contract/index.ts';
import type { Answered, TestServer } from '../../api/a-server.ts';

export const goodPassword = 'orange tables hum quietly';

/** A browser: keeps cookies and proves itself with the csrf token that it was told. */
export interface Person {
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answered>;
  readonly cookies: Map<string, string>;
  /** As last told. */
  csrf: string | null;
}

/** Somebody with an empty browser. */
export function aBrowser({ call }: Pick<TestServer, 'call'>): Person {
  const cookies = new Map<string, string>();
  const person: Person = {
    cookies,
    csrf: null,
    call: async (method, path, body, headers = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await call(method, path, body, {
        ...(cookie === '' ? {} : { cookie }),
        ...(person.csrf === null ? {} : { 'x-waybill-csrf': person.csrf }),
        ...headers,
      });
      for (const set of answer.headers.getSetCookie()) keep(cookies, set);
      if (typeof answer.body === 'object' && typeof answer.body?.csrf === 'string')
        person.csrf = answer.body.csrf;
      return answer;
    },
  };
  return person;
}

function keep(cookies: Map<string, string>, set: string): void {
  const [pair = ''] = set.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
}

/** Makes the first owner of an open server. */
export async function anOwner(server: Pick<TestServer, 'call'>): Promise<Person> {
  const owner = aBrowser(server);
  const made = await owner.call('POST', '/api/owner', {
    email: 'Olga@Example.com',
    name: 'Olga Owner',
    password: goodPassword,
  });
  if (made.status !== 200) throw new Error(JSON.stringify(made.body));
  return owner;
}

/** Somebody whom `by` invites, and who accepts. */
export async function anInvited(
  server: Pick<TestServer, 'call'>,
  by: Person,
  grants: readonly RoleGrant[],
  name = 'ann',
): Promise<Person & { readonly id: string; readonly email: string }> {
  const email = `${name}@example.com`;
  const invited = await by.call('POST', '/api/accounts', { name, email, grants });
  if (invited.status !== 200) throw new Error(JSON.stringify(invited.body));
  const person = aBrowser(server);
  const token = new URL(invited.body.link).pathname.split('/').at(-1);
  const accepted = await person.call('POST', `/api/invites/${token}`, { password: goodPassword });
  if (accepted.status !== 200) throw new Error(JSON.stringify(accepted.body));
  return Object.assign(person, { id: invited.body.account.id as string, email });
}
