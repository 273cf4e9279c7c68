import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodeRegistry } from '#engine/nodes/index.ts';
import { policyJsonSchema } from '#engine/policy/index.ts';
import { signalRegistry } from '#engine/signals/index.ts';

const nodes = new URL('../../engine/nodes/', import.meta.url);

describe('the registry of node kinds', () => {
  const folders = readdirSync(nodes, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

  it('has a line for every folder and a folder for every line', () => {
    expect(nodeRegistry.map((kind) => kind.kind).sort()).toEqual(folders.sort());
    for (const folder of folders) expect(existsSync(new URL(`${folder}/index.ts`, nodes))).toBe(true);
  });

  it('makes blank nodes that the schema reads back unchanged', () => {
    for (const kind of nodeRegistry) expect(kind.config.parse(kind.blank())).toEqual(kind.blank());
  });

  it('describes every setting of every kind in its form or its frame', () => {
    const framed = [
      'kind',
      'label',
      'description',
      'otherwise',
      'else',
      'within',
      'over',
      'to',
      'first',
      'then',
    ];
    for (const kind of nodeRegistry) {
      const schema = z.toJSONSchema(kind.config, { io: 'input' }) as { properties: Record<string, unknown> };
      const fields = kind.form.fields.map((field) => field.name);
      expect(
        Object.keys(schema.properties)
          .filter((name) => !framed.includes(name))
          .sort(),
      ).toEqual([...fields].sort());
    }
  });

  it('gives the JSON schema one branch a kind', () => {
    const text = JSON.stringify(policyJsonSchema());
    for (const kind of nodeRegistry) expect(text).toContain(`"const":"${kind.kind}"`);
  });
});

describe('the registry of signals', () => {
  it('names each signal once, in the form head.tail or as one word', () => {
    const names = signalRegistry.map((signal) => signal.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(\.[a-z0-9_]+)?$/);
  });

  it('says of each number what it counts', () => {
    const bare = signalRegistry.filter(
      (signal) => ['int', 'double'].includes(signal.valueType) && !('unit' in signal),
    );
    expect(bare).toEqual([]);
  });
});
