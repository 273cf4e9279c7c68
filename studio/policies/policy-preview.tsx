import { kindOf } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { placesOf } from '../document/index.ts';
import styles from './policy-preview.module.css';

const [cardWidth, cardHeight, margin] = [248, 90, 30];

/** A policy in thumbnail: where its nodes lie and what leads where. Says nothing to a screen reader; its words do. */
export function PolicyPreview({ policy }: { readonly policy: Policy }) {
  const places = placesOf(policy);
  const all = Object.values(places);
  if (all.length === 0) return <svg className={styles.preview} aria-hidden="true" viewBox="0 0 10 5" />;
  const [left, top] = [Math.min(...all.map(([x]) => x)), Math.min(...all.map(([, y]) => y))];
  const width = Math.max(...all.map(([x]) => x)) - left + cardWidth;
  const height = Math.max(...all.map(([, y]) => y)) - top + cardHeight;
  const box = `${left - margin} ${top - margin} ${width + 2 * margin} ${height + 2 * margin}`;
  return (
    <svg className={styles.preview} aria-hidden="true" viewBox={box} preserveAspectRatio="xMidYMid meet">
      {edgesOf(policy).map(({ id, from, to }) => (
        <path key={id} className={styles.edge} d={wireBetween(places[from], places[to])} />
      ))}
      {Object.entries(policy.nodes).map(([id, node]) => {
        const [x, y] = places[id] ?? [left, top];
        return (
          <rect
            key={id}
            className={styles.node}
            data-ends={kindOf(node).ports(node).length === 0}
            x={x}
            y={y}
            width={cardWidth}
            height={cardHeight}
            rx={18}
          />
        );
      })}
    </svg>
  );
}

type Place = readonly [number, number];

function wireBetween(from: Place | undefined, to: Place | undefined): string {
  if (from === undefined || to === undefined) return '';
  const [x1, y1, x2, y2] = [from[0] + cardWidth, from[1] + cardHeight / 2, to[0], to[1] + cardHeight / 2];
  const bend = Math.max(60, Math.abs(x2 - x1) / 2);
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}
