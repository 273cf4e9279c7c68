import { IconArrowRight, IconPlugOff, IconPlus } from '@tabler/icons-react';
import { useCallback } from 'react';
import { kindOf } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import {
  connectExit,
  disconnectExit,
  drawingOf,
  type Exit,
  legalTargets,
  markIn,
  type PolicyDocument,
  providerName,
  titleIn,
  titleOf,
  titleOfMark,
  useDocumentActions,
} from '../document/index.ts';
import { type CanvasStore, closeOpen, type Open, useCanvasStore } from './canvas-state.ts';
import { type Choice, ChoiceList, type ChoiceSection } from './choice-list.tsx';
import { exitsAt, targetOf } from './exits-at.ts';
import { Floating } from './floating.tsx';
import { KindIcon } from './kind-icon.tsx';
import { matches } from './matches.ts';
import { SubpolicyIcon } from './subpolicy-badges.tsx';

/** First the exit, then where it leads: the keyboard's way to draw an edge. */
export function ConnectPicker({ open }: { readonly open: Extract<Open, { kind: 'connect' }> }) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const { policy } = document.store.getState();
  const { node: id, exit } = open;
  const leave = (): void => closeOpen(canvas);
  const exitSections = useCallback(
    (search: string): readonly ChoiceSection[] => {
      const choices = exitsAt(policy, id)
        .filter((one) => matches(search, one.label))
        .map(
          (one): Choice => ({
            id: `${one.exit.node}:${one.exit.port}`,
            label: one.label,
            hint: one.to === null ? 'leads nowhere yet' : `leads to ${titleIn(policy, one.to)}`,
            icon: <IconArrowRight size={16} />,
            run: () => canvas.setState({ open: { ...open, exit: one.exit } }),
          }),
        );
      return [{ title: 'Exits', choices }];
    },
    [canvas, id, open, policy],
  );
  const targetSections = useCallback(
    (search: string): readonly ChoiceSection[] => {
      if (exit === null) return [];
      const add: Choice = {
        id: 'new',
        label: 'New node…',
        icon: <IconPlus size={16} />,
        run: () => canvas.setState({ open: { kind: 'add', spot: { kind: 'exit', exit }, at: open.at } }),
      };
      const cut: Choice = {
        id: 'cut',
        label: 'Disconnect',
        icon: <IconPlugOff size={16} />,
        run: () => {
          disconnectExit(document, exit);
          closeOpen(canvas);
        },
      };
      const leads = targetOf(policy, exit) !== null;
      return [
        { title: 'Connect to', choices: targetChoices(document, canvas, exit, search) },
        {
          title: 'Or',
          choices: [add, ...(leads ? [cut] : [])].filter(({ label }) => matches(search, label)),
        },
      ];
    },
    [canvas, document, exit, open.at, policy],
  );
  return (
    <Floating at={open.at}>
      {exit === null ? (
        <ChoiceList
          key="exit"
          label={`Connect ${nameOf(policy, id)}: which exit?`}
          placeholder="Which exit?"
          empty="This node has no exits."
          sectionsFor={exitSections}
          onLeave={leave}
        />
      ) : (
        <ChoiceList
          key="target"
          label="Connect to"
          placeholder="Connect to…"
          empty="No node can be reached from here without a circle."
          sectionsFor={targetSections}
          onLeave={leave}
        />
      )}
    </Floating>
  );
}

function nameOf(policy: Policy, id: string): string {
  const mark = markIn(policy, id);
  return mark === undefined ? titleIn(policy, id) : titleOfMark(mark);
}

/** Nodes that an exit may lead to; of a folded sub-policy its entrance, under the name of its card. */
export function targetChoices(
  document: PolicyDocument,
  canvas: CanvasStore,
  exit: Exit,
  search: string,
): readonly Choice[] {
  const { policy } = document.store.getState();
  return legalTargets(document, exit).flatMap((id): readonly Choice[] => {
    const node = policy.nodes[id];
    const unit = unitOf(policy, id);
    if (node === undefined || unit === 'within' || !matches(search, titleOf(node), id, unit?.name ?? ''))
      return [];
    const letter = node.kind === 'model' ? providerName(node.target).charAt(0).toUpperCase() : undefined;
    const run = (): void => {
      connectExit(document, exit, id);
      closeOpen(canvas);
    };
    if (unit !== undefined) {
      const hint = `comes in at ${titleOf(node)}`;
      return [{ id: `to-${id}`, label: unit.name, hint, icon: <SubpolicyIcon size={28} />, run }];
    }
    const hint = node.kind === 'model' ? node.target : kindOf(node).form.title;
    return [
      {
        id: `to-${id}`,
        label: titleOf(node),
        hint,
        icon: <KindIcon kind={node.kind} letter={letter} />,
        run,
      },
    ];
  });
}

/** The folded sub-policy that a node is the entrance of; `within`: only a part of one. */
function unitOf(policy: Policy, id: string): { readonly name: string } | 'within' | undefined {
  const group = drawingOf(policy).foldedIn.get(id);
  const found = group === undefined ? undefined : policy.groups?.[group];
  if (found?.subpolicy === undefined) return undefined;
  return found.subpolicy.nodes[found.subpolicy.entry] === id ? found : 'within';
}
