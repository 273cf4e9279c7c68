import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneBetween, wirePath } from '../../../studio/canvas/lanes.ts';

const box = (left: number, top: number, right: number, bottom: number) => ({
  id: 'box',
  left,
  top,
  right,
  bottom,
});

describe('a lane', () => {
  it('is not needed where the way is free', () => {
    expect(laneBetween({ x: 0, y: 0 }, { x: 500, y: 0 }, [box(100, 100, 300, 200)])).toBeUndefined();
  });

  it('runs beside the card in the way, on the nearer side', () => {
    const lane = laneBetween({ x: 0, y: 50 }, { x: 500, y: 50 }, [box(100, -200, 300, 60)]);
    expect(lane?.y).toBeGreaterThan(60);
  });

  it('runs between two cards where there is room', () => {
    const lane = laneBetween({ x: 0, y: 90 }, { x: 500, y: 90 }, [
      box(100, -300, 300, 95),
      box(100, 140, 300, 600),
    ]);
    expect(lane?.y).toBeGreaterThan(95);
    expect(lane?.y).toBeLessThan(140);
  });

  it('never touches a card it passes', () => {
    const someBox = fc
      .tuple(fc.integer({ min: 50, max: 600 }), fc.integer({ min: -400, max: 400 }))
      .map(([left, top]) => box(left, top, left + 240, top + 120));
    const height = fc.integer({ min: -300, max: 300 });
    fc.assert(
      fc.property(fc.array(someBox, { maxLength: 8 }), height, height, (boxes, startY, endY) => {
        const lane = laneBetween({ x: 0, y: startY }, { x: 1_000, y: endY }, boxes);
        if (lane === undefined) return;
        const hit = boxes.filter(
          ({ left, right, top, bottom }) =>
            left < lane.to && right > lane.from && top < lane.y && bottom > lane.y,
        );
        expect(hit).toEqual([]);
      }),
    );
  });

  it('is left for the plain curve while an end is dragged past it', () => {
    const ends = { sourceX: 400, sourceY: 0, targetX: 900, targetY: 0 };
    expect(wirePath(ends, { y: 200, from: 100, to: 300 }).path).not.toContain('L');
    expect(wirePath({ ...ends, sourceX: 0 }, { y: 200, from: 100, to: 300 }).path).toContain('L300 200');
  });
});
