import type { Step } from '#engine/plan/index.ts';

const stepMs = 110;
const fadeMs = 900;

/**
 * Lights up the edges and nodes of a path, one after the other, and lets them fade. Drawn with the browser's animations
 * on elements that are there already, so that live traffic costs no rendering.
 */
export function playPulse(root: HTMLElement, path: readonly Step[]): void {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  for (const [index, step] of path.entries()) {
    const delay = calm ? 0 : index * stepMs;
    if (step.port !== null) {
      const line = root.querySelector(
        `.react-flow__edge[data-id="${CSS.escape(`${step.node}:${step.port}`)}"] [data-pulse]`,
      );
      line?.animate(
        calm
          ? [{ opacity: 0.7 }, { opacity: 0 }]
          : [
              { opacity: 0.9, strokeDasharray: '0 1', offset: 0 },
              { opacity: 0.9, strokeDasharray: '1 0', offset: 0.3 },
              { opacity: 0, strokeDasharray: '1 0', offset: 1 },
            ],
        { duration: fadeMs, delay, easing: 'ease-out' },
      );
    }
    const card = root.querySelector(`.react-flow__node[data-id="${CSS.escape(step.node)}"]`);
    card?.animate(
      [
        { boxShadow: '0 0 0 0 transparent' },
        { boxShadow: '0 0 0 3px color-mix(in srgb, var(--wb-accent) 45%, transparent)', offset: 0.15 },
        { boxShadow: '0 0 0 3px transparent' },
      ],
      { duration: fadeMs, delay, easing: 'ease-out' },
    );
  }
}
