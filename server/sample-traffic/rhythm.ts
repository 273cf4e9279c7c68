import { hourOf, weekdayOf } from '#engine/signals/index.ts';
import { indexAbove } from './chance.ts';

const hourMs = 3_600_000;
/** Steps of the golden ratio fall evenly between all earlier ones, so that few draws show the rhythm already. */
const goldenStep = 0.618_033_988_749_894_9;

/** When conversations begin: times in [from, until), ms since 1970. */
export type DrawTime = () => number;

/** Draws times by weights of the hour (UTC) and of the weekend, evenly spread; `first` in [0, 1) is where the draws begin. */
export function makeRhythm(
  from: number,
  until: number,
  hours: readonly number[],
  weekend: number,
  first: number,
): DrawTime {
  const starts: number[] = [];
  const bounds: number[] = [];
  let sum = 0;
  for (let start = from; start < until; start = nextHour(start)) {
    const end = Math.min(until, nextHour(start));
    const day = weekdayOf(start) >= 6 ? weekend : 1;
    sum += (hours[hourOf(start)] ?? 0) * day * ((end - start) / hourMs);
    starts.push(start);
    bounds.push(sum);
  }
  const sums = Float64Array.from(bounds);
  let share = first;
  return () => {
    share = (share + goldenStep) % 1;
    const index = indexAbove(sums, share * sum);
    const start = starts[index] ?? from;
    const [low, high] = [sums[index - 1] ?? 0, sums[index] ?? sum];
    const inside = (share * sum - low) / (high - low);
    return Math.floor(start + inside * (Math.min(until, nextHour(start)) - start));
  };
}

function nextHour(at: number): number {
  return (Math.floor(at / hourMs) + 1) * hourMs;
}
