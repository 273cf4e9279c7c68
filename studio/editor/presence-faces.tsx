import { Tooltip } from '@mantine/core';
import type { Presence } from '#server/contract/index.ts';
import { titleIn, useDocument } from '../document/index.ts';
import styles from './presence-faces.module.css';

const most = 3;

/** Who else has this draft open, as initials; the words say which node they are at. */
export function PresenceFaces({ others }: { readonly others: readonly Presence[] }) {
  const policy = useDocument((state) => state.policy);
  if (others.length === 0) return null;
  const words = others.map(({ who, isYou, node }) => {
    const name = isYou ? 'Another window of yours' : who;
    return `${name}: ${node === null ? 'has this draft open' : `editing ${titleIn(policy, node)}`}`;
  });
  const first = others.find(({ node }) => node !== null);
  return (
    <Tooltip label={words.join(' · ')} multiline maw={320}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the words are in a tooltip that a keyboard must reach, too. */}
      <div className={styles.faces} role="img" aria-label={`Also here: ${words.join('; ')}`} tabIndex={0}>
        {others.slice(0, most).map((one) => (
          <span key={one.tab} className={styles.face} aria-hidden="true">
            {initialsOf(one)}
          </span>
        ))}
        {others.length > most ? <span className={styles.face}>+{others.length - most}</span> : null}
        {first?.node == null ? null : (
          <span className={styles.words} aria-hidden="true">
            editing {titleIn(policy, first.node)}
          </span>
        )}
      </div>
    </Tooltip>
  );
}

/** `ada.lovelace@example.com` → `AL`; a window of one's own is a plus. */
function initialsOf({ who, isYou }: Presence): string {
  if (isYou) return '+1';
  const [name = ''] = who.split('@');
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  const letters =
    parts.length > 1 ? parts.slice(0, 2).map((part) => [...part][0] ?? '') : [...name].slice(0, 2);
  return letters.join('').toUpperCase();
}
