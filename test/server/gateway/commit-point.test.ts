import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommitPoint } from '#server/gateway/commit-point.ts';

function offer(point: CommitPoint, kind: 'lifecycle' | 'content' | 'hidden' | 'end' | 'error', text: string) {
  const out: Buffer[] = [];
  const verdict = point.offer(kind, Buffer.from(text), out);
  return { verdict, out: Buffer.concat(out).toString() };
}

describe('the commit point', () => {
  it('holds frames back until the first content, then lets all of them through in order', () => {
    const point = new CommitPoint();
    expect(offer(point, 'lifecycle', 'a')).toEqual({ verdict: 'go-on', out: '' });
    expect(offer(point, 'lifecycle', 'b')).toEqual({ verdict: 'go-on', out: '' });
    expect(point.committed).toBe(false);
    expect(offer(point, 'content', 'c')).toEqual({ verdict: 'go-on', out: 'abc' });
    expect(point.committed).toBe(true);
    expect(offer(point, 'lifecycle', 'd')).toEqual({ verdict: 'go-on', out: 'd' });
  });

  it('moves on after an error before content, and has let nothing through', () => {
    const point = new CommitPoint();
    offer(point, 'lifecycle', 'a');
    expect(offer(point, 'error', 'e')).toEqual({ verdict: 'move-on', out: '' });
    expect(point.committed).toBe(false);
  });

  it('breaks off after an error behind content, and passes that error on', () => {
    const point = new CommitPoint();
    offer(point, 'content', 'c');
    expect(offer(point, 'error', 'e')).toEqual({ verdict: 'break-off', out: 'e' });
  });

  it('commits to an answer without content at its end', () => {
    const point = new CommitPoint();
    offer(point, 'lifecycle', 'a');
    expect(offer(point, 'end', 'z').out).toBe('az');
  });

  it('never lets a hidden frame through', () => {
    const point = new CommitPoint();
    expect(offer(point, 'hidden', 'u').out).toBe('');
    offer(point, 'content', 'c');
    expect(offer(point, 'hidden', 'u').out).toBe('');
  });

  it('holds no more than it can remember: a stream of nothing but lifecycle commits', () => {
    const point = new CommitPoint();
    expect(offer(point, 'lifecycle', 'x'.repeat(70_000)).out).toHaveLength(70_000);
    expect(point.committed).toBe(true);
  });

  it('lets every frame but the hidden through exactly once and in order, if no error comes', () => {
    const kind = fc.constantFrom('lifecycle' as const, 'content' as const, 'hidden' as const);
    fc.assert(
      fc.property(fc.array(kind), (kinds) => {
        const point = new CommitPoint();
        let seen = '';
        let shown = '';
        for (const [at, one] of [...kinds, 'end' as const].entries()) {
          if (one !== 'hidden') seen += `${at};`;
          shown += offer(point, one, `${at};`).out;
        }
        expect(shown).toBe(seen);
      }),
    );
  });
});
