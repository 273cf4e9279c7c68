import { z } from 'zod';
import { PolicyNode, Slug } from '#engine/nodes/index.ts';
import { Group, Note, type Policy, parsePolicyValue } from '#engine/policy/index.ts';
import type { Clip } from './commands/index.ts';

const ClipShape = z.strictObject({
  waybill: z.literal('nodes'),
  nodes: z.record(Slug, PolicyNode),
  layout: z.record(Slug, z.tuple([z.number(), z.number()])),
  notes: z.record(Slug, Note).optional(),
  groups: z.record(Slug, Group).optional(),
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
  if (clip.success) return partsOf(clip.data);
  const whole = parsePolicyValue(value);
  return whole.kind === 'ok' ? partsOf(whole.policy) : undefined;
}

/** Whether a clip holds anything that can be pasted. */
export function isEmptyClip({ nodes, notes = {} }: Clip): boolean {
  return Object.keys(nodes).length === 0 && Object.keys(notes).length === 0;
}

function partsOf({
  nodes,
  layout,
  notes,
  groups,
}: Pick<Policy, 'nodes' | 'layout' | 'notes' | 'groups'>): Clip {
  return { nodes, layout, notes, groups };
}

/** Why a text that was meant as nodes or a policy has none to paste; `null` for text that was not. */
export function whyNoClip(text: string): Error | null {
  if (!text.trimStart().startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Error(
      'The clipboard holds JSON that breaks off or has a mistake in it. Copy it again, whole.',
    );
  }
  const clip = ClipShape.safeParse(value);
  if (clip.success) return new Error('The clipboard holds a copy of no nodes. Select some and copy them.');
  if (isObject(value) && value.waybill === 'nodes') {
    const issue = clip.error.issues[0];
    return new Error(
      `The copied nodes are not of this release: ${issue?.path.join('.')}: ${issue?.message}.`,
    );
  }
  const whole = parsePolicyValue(value);
  if (whole.kind === 'ok') return new Error('The policy on the clipboard has no nodes.');
  const [first] = whole.diagnostics;
  if (first?.code === 'format_unsupported') return new Error(first.message);
  return new Error(`The clipboard holds JSON, but no policy: ${first?.message ?? 'it has no nodes'}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
