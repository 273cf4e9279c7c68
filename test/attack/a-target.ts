import type { RequestRecord } from '#engine/signals/index.ts';
import type { ConfigFile } from '#server/config/config.ts';
import { aServer, type TestServer } from '../server/api/a-server.ts';
import { anUpstream, type FakeUpstream, sendJson } from '../server/support/servers.ts';
import { aCompletion } from '../server/support/wire.ts';

export const ours = 'wb-attack-ours-0123456789';
export const theirs = 'wb-attack-theirs-0123456789';
export const adminToken = 'admin-token-of-the-attack-suite';

export interface Attacked extends TestServer {
  readonly upstream: FakeUpstream;
  /** Asks as a client of team `search`. */
  readonly ask: (body: object | string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  /** The newest record. */
  readonly last: () => Promise<RequestRecord>;
}

/** The whole server in front of one upstream, with a key of each of two teams and an admin token. */
export async function anAttackedServer(file: Partial<ConfigFile> = {}): Promise<Attacked> {
  const upstream = await anUpstream((res) => sendJson(res, 200, aCompletion()));
  const provider = {
    id: 'openai',
    kind: 'openai-compatible',
    baseUrl: `${upstream.url}/v1`,
    apiKey: 'sk-upstream-secret',
    retention: 'unknown',
    region: null,
    models: [],
  } as const;
  const key = (id: string, team: string, secret: string) => ({
    id,
    team,
    project: `${team}-project`,
    tags: [team],
    secret,
  });
  const server = await aServer({
    config: {
      adminToken,
      sandbox: false,
      file: {
        providers: [provider],
        teams: [
          { id: 'search', name: 'Search' },
          { id: 'finance', name: 'Finance' },
        ],
        keys: [key('ours', 'search', ours), key('theirs', 'finance', theirs)],
        policies: null,
        deployments: [],
        ...file,
      },
    },
  });
  const ask: Attacked['ask'] = (body, headers = {}) =>
    fetch(`${server.base}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ours}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const last = async () => {
    const { records } = await server.log.page({ limit: 1 });
    const [record] = records;
    if (record === undefined) throw new Error('Nothing is logged.');
    return record;
  };
  return { ...server, upstream, ask, last };
}

export const hello = { model: 'openai/gpt-5-mini', messages: [{ role: 'user', content: 'Hello' }] };
