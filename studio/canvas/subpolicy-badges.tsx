import { IconArrowUp, IconBoxModel2, IconPencil } from '@tabler/icons-react';
import styles from './subpolicy.module.css';
import type { SubpolicyFace } from './subpolicy-face.ts';

/** The mark of a sub-policy, wherever one is shown. */
export function SubpolicyIcon({ size = 30 }: { readonly size?: number }) {
  return (
    <span className={styles.icon} style={{ width: size, height: size }} aria-hidden="true">
      <IconBoxModel2 size={Math.round(size * 0.6)} stroke={1.6} />
    </span>
  );
}

/** What somebody should know of it: changed here, a newer version. Nothing where it stands as it was taken over. */
export function SubpolicyBadges({ face: { isChanged, newer } }: { readonly face: SubpolicyFace }) {
  if (!isChanged && newer === null) return null;
  return (
    <span className={styles.badges} data-detail="">
      {isChanged && (
        <span
          className={styles.badge}
          data-tone="changed"
          title="What stands here decides otherwise than the version it was taken from"
        >
          <IconPencil size={11} stroke={2} /> changed here
        </span>
      )}
      {newer !== null && (
        <span className={styles.badge} data-tone="newer" title="Take it over in the settings">
          <IconArrowUp size={11} stroke={2.25} /> v{newer} is out
        </span>
      )}
    </span>
  );
}
