/** A provider that answers every chat completion at once with the same 1.1 kB. */
import { createServer } from 'node:http';
import { tellUrl } from './child.ts';

const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1_795_000_000,
    model: 'bench',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'An answer of ordinary length. '.repeat(24) },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: {
      prompt_tokens: 210,
      completion_tokens: 180,
      total_tokens: 390,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
    },
  }),
);
const headers = ['content-type', 'application/json', 'content-length', String(answer.length)];

tellUrl(
  createServer((req, res) => {
    req.resume();
    req.on('end', () => {
      res.writeHead(200, headers);
      res.end(answer);
    });
  }),
);
