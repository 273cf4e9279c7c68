import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Breaker, breakerSettings } from '#engine/plan/live/breaker.ts';

const { failuresInARow, openMs, openMsAtMost, windowMs } = breakerSettings;

function opened(at = 0): Breaker {
  const breaker = new Breaker();
  for (let n = 0; n < failuresInARow; n += 1) breaker.failed(at);
  return breaker;
}

describe('a breaker', () => {
  it('stays closed through single failures', () => {
    const breaker = new Breaker();
    for (let n = 0; n < failuresInARow - 1; n += 1) breaker.failed(n);
    expect(breaker.ask(10)).toBe('yes');
    breaker.succeeded(11);
    for (let n = 0; n < failuresInARow - 1; n += 1) breaker.failed(12 + n);
    expect(breaker.ask(20)).toBe('yes');
  });

  it('opens after so many failures in a row, and lets one probe through when its time is over', () => {
    const breaker = opened();
    expect(breaker.ask(openMs - 1)).toBe('no');
    expect(breaker.waitMs(openMs - 1)).toBe(1);
    expect(breaker.ask(openMs)).toBe('probe');
    expect(breaker.ask(openMs)).toBe('no');
  });

  it('opens when half of many calls fail, though none fail in a row', () => {
    const breaker = new Breaker();
    for (let n = 0; n < 10; n += 1) {
      breaker.succeeded(n);
      breaker.failed(n);
    }
    expect(breaker.state(20)).toBe('open');
  });

  it('forgets calls of an older window', () => {
    const breaker = new Breaker();
    for (let n = 0; n < 9; n += 1) {
      breaker.succeeded(0);
      breaker.failed(0);
    }
    breaker.succeeded(windowMs);
    breaker.failed(windowMs + 1);
    expect(breaker.state(windowMs + 2)).toBe('closed');
  });

  it('closes after a probe that was served', () => {
    const breaker = opened();
    expect(breaker.ask(openMs)).toBe('probe');
    breaker.succeeded(openMs + 1);
    expect(breaker.ask(openMs + 2)).toBe('yes');
  });

  it('waits twice as long after every probe that failed, up to a bound', () => {
    const breaker = opened();
    let now = 0;
    const waits: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      waits.push(breaker.waitMs(now));
      now += breaker.waitMs(now);
      expect(breaker.ask(now)).toBe('probe');
      breaker.failed(now);
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, openMsAtMost, openMsAtMost]);
  });

  it('opens at once, and for as long, when the target asks to be left alone', () => {
    const breaker = new Breaker();
    breaker.failed(0, 20_000);
    expect(breaker.waitMs(0)).toBe(20_000);
  });

  it('is not moved by failures of calls that began before it opened', () => {
    const breaker = opened();
    breaker.failed(100);
    expect(breaker.waitMs(100)).toBe(openMs - 100);
  });

  it('lets another probe follow when the last told nothing', () => {
    const breaker = opened();
    breaker.ask(openMs);
    breaker.undecided();
    expect(breaker.ask(openMs + 1)).toBe('probe');
  });

  it('never stays shut for ever, whatever happens', () => {
    const step = fc.record({
      after: fc.nat(100_000),
      what: fc.constantFrom('ask', 'fail', 'succeed', 'undecided', 'leave alone'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const breaker = new Breaker();
        let now = 0;
        for (const { after, what } of steps) {
          now += after;
          if (what === 'ask') breaker.ask(now);
          else if (what === 'fail') breaker.failed(now);
          else if (what === 'succeed') breaker.succeeded(now);
          else if (what === 'undecided') breaker.undecided();
          else breaker.failed(now, 1_000_000);
        }
        expect(breaker.ask(now + 2 * openMsAtMost)).not.toBe('no');
      }),
    );
  });
});
