import { ask } from '../../fleet/support/calls.ts';

export const secret = 'wb-bench-soak-0123456789';

/** What was asked, by kind, and what came of it. */
export interface Tally {
  sent: number;
  served: number;
  refused: number;
  failed: number;
  left: number;
  /** No answer at all: a request that was lost. */
  lost: number;
}

export const kinds = ['plain', 'stream', 'left', 'failing', 'over'] as const;
export type Kind = (typeof kinds)[number];

/** One request of a kind: plain, streamed, streamed and left after the first piece, past a model that fails, to an empty budget. */
export async function send(url: string, kind: Kind, tally: Tally): Promise<void> {
  tally.sent += 1;
  const conversation = `Question ${tally.sent % 500}`;
  const messages = [{ role: 'user', content: conversation }];
  if (kind === 'stream' || kind === 'left') return readStream(url, { messages }, kind === 'left', tally);
  const model = kind === 'failing' ? 'local/flaky' : 'auto';
  const key = kind === 'over' ? `${secret}-poor` : secret;
  const { status } = await ask(url, key, { model, max_tokens: 20, messages });
  count(status, tally);
}

function count(status: number, tally: Tally): void {
  if (status === 0) tally.lost += 1;
  else if (status === 200) tally.served += 1;
  else if (status === 429) tally.refused += 1;
  else tally.failed += 1;
}

async function readStream(url: string, body: object, leaves: boolean, tally: Tally): Promise<void> {
  const stop = new AbortController();
  try {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'auto', max_tokens: 20, stream: true, ...body }),
      signal: stop.signal,
    });
    let text = '';
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString('utf8');
      if (leaves) {
        tally.left += 1;
        stop.abort();
        return;
      }
    }
    count(response.status === 200 && !text.includes('[DONE]') ? 0 : response.status, tally);
  } catch {
    if (!stop.signal.aborted) tally.lost += 1;
  }
}
