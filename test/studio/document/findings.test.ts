import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { createDocument, deleteNodes, renameNode } from '../../../studio/document/index.ts';
import { aPolicy, condition, model } from './builders.ts';

const finding: Diagnostic = {
  code: 'model_deprecated',
  severity: 'warning',
  node: 'm',
  field: 'target',
  message: 'It will go.',
};
const policy = aPolicy({ c: condition('m', 'n'), m: model(), n: model('openai/gpt-5') });
const open = () => createDocument(policy, { revision: 1, later: (task) => task() });
const codes = (document: ReturnType<typeof open>) =>
  document.store.getState().diagnostics.map(({ code }) => code);

describe('findings of the server', () => {
  it('stand beside the diagnostics, each place and code once', () => {
    const document = open();
    document.setFindings([finding]);
    expect(codes(document)).toEqual(['model_deprecated']);
    document.setFindings([finding, finding]);
    document.run(renameNode('m', 'Small'), 'Rename');
    expect(codes(document)).toEqual(['model_deprecated']);
  });

  it('go with the node they are about', () => {
    const document = open();
    document.setFindings([finding]);
    document.run(deleteNodes(['m']), 'Delete');
    expect(codes(document)).not.toContain('model_deprecated');
  });

  it('wait while the policy has errors, and change neither it nor its hash', () => {
    const document = createDocument(aPolicy({ c: condition(null, 'm'), m: model() }), {
      revision: 1,
      later: (task) => task(),
    });
    const { hash, policy: before } = document.store.getState();
    document.setFindings([finding]);
    expect(codes(document)).toEqual(['port_unconnected']);
    expect(document.store.getState()).toMatchObject({ hash, policy: before });
  });
});
