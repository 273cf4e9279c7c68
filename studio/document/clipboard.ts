import { z } from 'zod';
import { PolicyNode, Slug } from '#engine/nodes/index.ts';
import { parsePolicyValue } from '#engine/policy/index.ts';
import type { Clip } from './commands/index.ts';

const ClipShape = z.strictObject({
  waybill: z.literal('nodes'),
  nodes: z.record(Slug, PolicyNode),
  layout: z.record(Slug, z.tuple([z.number(), z.number()])),
});

/** Nodes as the text that travels over the clipboard: readable JSON. */
export function writeClip(clip: Clip): string {
  return `${JSON.stringify({ waybill: 'nodes', ...clip }, null, 2)}\n`;
}

/** Reads nodes off the clipboard: a clip, or a whole policy document. `undefined` for any other text. */
export function readClip(text: string): Clip | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const clip = ClipShape.safeParse(value);
  if (clip.success) return { nodes: clip.data.nodes, layout: clip.data.layout };
  const whole = parsePolicyValue(value);
  return whole.kind === 'ok' ? { nodes: whole.policy.nodes, layout: whole.policy.layout } : undefined;
}
