import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditEntry,
  type AuditHead,
  canonicalJson,
  hashOf,
  noHead,
  sealEntry,
} from '#server/governance/audit/audit-entry.ts';
import { verifyChain } from '#server/governance/audit/verify-chain.ts';

function aChain(length: number): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  let head: AuditHead = noHead;
  for (let n = 1; n <= length; n += 1) {
    const at = new Date(Date.UTC(2026, 0, n)).toISOString();
    const draft = {
      at,
      actor: 'ann',
      action: 'budget.write',
      subject: `b${n}`,
      before: { usd: n },
      after: null,
    };
    const entry = sealEntry(head, draft);
    entries.push(entry);
    head = entry;
  }
  return entries;
}

const chain = aChain(6);
const lines = chain.map(canonicalJson);
const anchor = { sequence: 6, hash: chain[5]!.hash };
const verify = (tampered: readonly string[]) => verifyChain(tampered, anchor);

describe('a chain that somebody tampered with', () => {
  it('holds while nobody has', async () => {
    expect(await verify(lines)).toEqual({ ok: true, entries: 6, head: anchor, broken: null });
  });

  it('names the entry that was changed', async () => {
    const changed = lines.with(2, lines[2]!.replace('"usd":3', '"usd":9'));
    expect(await verify(changed)).toMatchObject({ broken: { sequence: 3, line: 3, kind: 'changed' } });
  });

  it('names the entry after one that was changed and given a new hash', async () => {
    const forged = { ...chain[2]!, before: { usd: 9 } };
    const changed = lines.with(2, canonicalJson({ ...forged, hash: hashOf(forged) }));
    expect(await verify(changed)).toMatchObject({ broken: { sequence: 4, kind: 'changed' } });
  });

  it('notices that everything from an entry on was forged anew', async () => {
    const forged: AuditEntry[] = chain.slice(0, 3).map((entry) => entry);
    for (const entry of chain.slice(3)) forged.push(sealEntry(forged.at(-1)!, { ...entry, actor: 'eve' }));
    expect(await verify(forged.map(canonicalJson))).toMatchObject({
      broken: { sequence: 6, kind: 'changed' },
    });
  });

  it('names the entry that was removed', async () => {
    expect(await verify(lines.toSpliced(2, 1))).toMatchObject({ broken: { sequence: 3, kind: 'missing' } });
    expect(await verify(lines.slice(1))).toMatchObject({ broken: { sequence: 1, kind: 'missing' } });
  });

  it('names the first of entries that changed places', async () => {
    const reordered = lines.with(2, lines[3]!).with(3, lines[2]!);
    expect(await verify(reordered)).toMatchObject({ broken: { sequence: 3, kind: 'missing' } });
  });

  it('names the place where one was put in', async () => {
    const copy = lines.toSpliced(3, 0, lines[2]!);
    expect(await verify(copy)).toMatchObject({ broken: { sequence: 4, kind: 'order' } });
    const inserted = canonicalJson(sealEntry(chain[2]!, { ...chain[3]!, actor: 'eve' }));
    expect(await verify(lines.toSpliced(3, 0, inserted))).toMatchObject({
      broken: { sequence: 5, kind: 'order' },
    });
    const behind = canonicalJson(sealEntry(chain[5]!, { ...chain[3]!, actor: 'eve' }));
    expect(await verify([...lines, behind])).toMatchObject({ broken: { sequence: 7, kind: 'unknown' } });
  });

  it('notices that the tail was cut', async () => {
    expect(await verify(lines.slice(0, 4))).toMatchObject({
      broken: { sequence: 5, kind: 'cut', message: expect.stringContaining('5 to 6') },
    });
    expect(await verify([])).toMatchObject({ broken: { sequence: 1, kind: 'cut' } });
  });

  it('takes no line that says one thing to people and another to programs', async () => {
    const doubled = lines.with(0, lines[0]!.replace('"actor":"ann"', '"actor":"eve","actor":"ann"'));
    expect(await verify(doubled)).toMatchObject({ broken: { sequence: 1, kind: 'changed' } });
  });

  it('never holds after any change of one letter', async () => {
    const text = lines.join('\n');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (at, letter) => {
          fc.pre(text[at] !== letter);
          const tampered = (text.slice(0, at) + letter + text.slice(at + 1)).split('\n');
          expect((await verify(tampered)).ok).toBe(false);
        },
      ),
    );
  });
});
