import {
  IconArrowsSplit2,
  IconBan,
  IconCpu,
  IconDoorExit,
  IconGauge,
  IconGitBranch,
  IconLifebuoy,
  IconSparkles,
  IconStack2,
  IconStairsUp,
  IconWand,
  type TablerIcon,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { type Form, kindNamed, type NodeKindName } from '#engine/nodes/index.ts';
import styles from './kind-icon.module.css';

const icons: Readonly<Record<Form['icon'], TablerIcon>> = {
  classifier: IconSparkles,
  condition: IconGitBranch,
  split: IconArrowsSplit2,
  model: IconCpu,
  fallback: IconLifebuoy,
  pool: IconStack2,
  limit: IconGauge,
  transform: IconWand,
  cascade: IconStairsUp,
  refuse: IconBan,
  output: IconDoorExit,
};

/** The hue of a kind as a custom property: `--kind`, readable on both surfaces. */
export function kindHue(kind: NodeKindName): CSSProperties {
  const { accent } = kindNamed(kind).form;
  const hue = `light-dark(var(--mantine-color-${accent}-7), var(--mantine-color-${accent}-4))`;
  return { '--kind': hue } as CSSProperties;
}

/** The icon of a kind on a chip in its hue; a letter instead where `letter` is given (a provider's mark). */
export function KindIcon({
  kind,
  letter,
  size = 28,
}: {
  readonly kind: NodeKindName;
  readonly letter?: string | undefined;
  readonly size?: number;
}) {
  const Icon = icons[kindNamed(kind).form.icon];
  return (
    <span className={styles.chip} style={{ ...kindHue(kind), width: size, height: size }} aria-hidden="true">
      {letter === undefined ? <Icon size={Math.round(size * 0.6)} stroke={1.75} /> : letter}
    </span>
  );
}
