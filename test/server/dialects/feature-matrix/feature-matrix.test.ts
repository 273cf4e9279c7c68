import { afterAll, describe, expect, it } from 'vitest';
import { messagesClient } from './clients/anthropic-messages.ts';
import { googleClient } from './clients/google-generate.ts';
import { chatClient } from './clients/openai-chat.ts';
import { responsesClient } from './clients/openai-responses.ts';
import { completionsClient, embeddingsClient } from './clients/openai-texts.ts';
import { probe } from './probes.ts';
import { cellInReadme, isWriting, noPlace, readmeRows, writeReadme } from './readme-table.ts';
import { rows } from './rows.ts';
import { type ClientForm, features } from './words.ts';

const clients: readonly ClientForm[] = [
  chatClient,
  responsesClient,
  messagesClient,
  googleClient,
  completionsClient,
  embeddingsClient,
];

/** Milliseconds: six hundred cells that all hang should not take hours to say so. */
const longestCell = 10_000;

const measured = new Map<string, string>();
const keyOf = (client: string, row: string, feature: string) => [client, row, feature].join(' | ');

afterAll(() => {
  if (!isWriting) return;
  writeReadme(
    clients.map(({ dialect }) => dialect),
    rows.map(({ name }) => name),
    (client, row, feature) => measured.get(keyOf(client, row, feature)) ?? noPlace,
  );
});

describe.each(clients)('$dialect', (client) => {
  describe.each(rows)('before $name', (row) => {
    it.each(features.filter((feature) => !client.without.includes(feature)))(
      'does with %s what the README says',
      async (feature) => {
        const cell = await probe(row, client, feature);
        measured.set(keyOf(client.dialect, row.name, feature), cell);
        if (!isWriting) expect(cell).toBe(cellInReadme(client.dialect, row.name, feature));
      },
      longestCell,
    );
  });
});

it.skipIf(isWriting)('has every dialect and every kind of provider in the README, and no others', () => {
  expect(readmeRows()).toEqual(
    clients.flatMap(({ dialect }) => rows.map(({ name }) => `${dialect} | ${name}`)),
  );
});
