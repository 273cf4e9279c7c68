import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '../../../engine/catalogue/index.ts';
import { checkPolicy, parsePolicyValue } from '../../../engine/policy/index.ts';
import { snippetsFor } from '../../../studio/connect/snippets.ts';
import { templates } from '../../../studio/policies/templates.ts';

describe('what a new policy may start from', () => {
  it.each(templates.map((template) => [template.title, template] as const))(
    '%s has no problem',
    (_, { draft }) => {
      const policy = { id: 'p', name: 'P', ...draft };
      expect(parsePolicyValue(policy)).toMatchObject({ kind: 'ok' });
      const stateOf = (target: string) => (defaultCatalogue.find(target) === undefined ? 'unknown' : 'known');
      expect(checkPolicy(policy, { stateOf, suggest: () => undefined })).toEqual([]);
    },
  );
});

describe('the snippets to connect with', () => {
  const snippets = snippetsFor({
    openaiBaseUrl: 'http://host/v1',
    anthropicBaseUrl: 'http://host',
    key: 'wb-secret',
    model: 'auto',
  });
  it.each(snippets.map((snippet) => [snippet.title, snippet.code] as const))(
    '%s names key, model and place',
    (_, code) => {
      expect(code).toContain('wb-secret');
      expect(code).toContain('auto');
      expect(code).toContain('http://host');
    },
  );
  it('leave /v1 to OpenAI clients', () => {
    expect(snippets.find((one) => one.id === 'anthropic')?.code).toContain('base_url="http://host"');
    expect(snippets.find((one) => one.id === 'python')?.code).toContain('base_url="http://host/v1"');
  });
});
