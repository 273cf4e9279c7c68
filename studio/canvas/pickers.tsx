import { IconArrowRight, IconPlugOff, IconPlus } from '@tabler/icons-react';
import { useCallback } from 'react';
import { kindOf, nodeRegistry, type PolicyNode } from '#engine/nodes/index.ts';
import type { ModelRow } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import {
  connectExit,
  disconnectExit,
  type Exit,
  exitsOf,
  fitsIntoEdge,
  insertNode,
  legalTargets,
  type PolicyDocument,
  providerName,
  type Spot,
  titleIn,
  titleOf,
  useDocumentActions,
} from '../document/index.ts';
import { formatPrice } from '../look/format.ts';
import {
  type CanvasStore,
  closeOpen,
  focusNode,
  type Open,
  type Point,
  useCanvas,
  useCanvasStore,
} from './canvas-state.ts';
import { type Choice, ChoiceList, type ChoiceSection } from './choice-list.tsx';
import { Floating } from './floating.tsx';
import { KindIcon } from './kind-icon.tsx';

/** What is open over the drawing to choose from. */
export function Pickers() {
  const open = useCanvas((state) => state.open);
  if (open.kind === 'add')
    return <AddPicker key={`${open.at.x},${open.at.y}`} spot={open.spot} at={open.at} />;
  if (open.kind === 'connect') return <ConnectPicker open={open} />;
  return null;
}

/** Kinds to add at a spot; models by name; and, from an exit, the nodes that are there already. */
function AddPicker({ spot, at }: { readonly spot: Spot; readonly at: Point }) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const { models } = useModels();
  const sectionsFor = useCallback(
    (search: string) => addSections(document, canvas, spot, models, search),
    [document, canvas, spot, models],
  );
  return (
    <Floating at={at}>
      <ChoiceList
        label={spot.kind === 'edge' ? 'Insert a node' : 'Add a node'}
        placeholder={spot.kind === 'edge' ? 'Insert…' : 'Add a node, or search models…'}
        empty="Nothing of that name."
        sectionsFor={sectionsFor}
        onLeave={() => closeOpen(canvas)}
      />
    </Floating>
  );
}

function addSections(
  document: PolicyDocument,
  canvas: CanvasStore,
  spot: Spot,
  models: readonly ModelRow[],
  search: string,
): readonly ChoiceSection[] {
  const add = (kind: PolicyNode['kind'], settings?: Partial<PolicyNode>): void => {
    const id = insertNode(document, kind, spot, settings);
    closeOpen(canvas);
    if (id !== undefined) focusNode(canvas, id);
  };
  const kinds = nodeRegistry
    .filter((kind) => spot.kind !== 'edge' || fitsIntoEdge(kind.kind))
    .filter(({ form }) => matches(search, form.title, form.summary))
    .map(
      ({ kind, form }): Choice => ({
        id: kind,
        label: form.title,
        hint: form.summary,
        icon: <KindIcon kind={kind} />,
        run: () => add(kind),
      }),
    );
  const known =
    search === '' || spot.kind === 'edge' ? [] : models.filter(({ id, name }) => matches(search, id, name));
  const byName = known.slice(0, 8).map(
    (model): Choice => ({
      id: model.id,
      label: model.id,
      hint: `${formatPrice(model.priceInput)} in · ${formatPrice(model.priceOutput)} out`,
      icon: <KindIcon kind="model" letter={providerName(model.id).charAt(0).toUpperCase()} />,
      run: () => add('model', { target: model.id }),
    }),
  );
  const there = spot.kind === 'exit' ? targetChoices(document, canvas, spot.exit, search) : [];
  return [
    { title: 'New', choices: kinds },
    { title: 'Models', choices: byName },
    { title: 'Connect to', choices: there },
  ];
}

/** First the exit, then where it leads: the keyboard's way to draw an edge. */
function ConnectPicker({ open }: { readonly open: Extract<Open, { kind: 'connect' }> }) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const { policy } = document.store.getState();
  const { node: id, exit } = open;
  const leave = (): void => closeOpen(canvas);
  const exitSections = useCallback(
    (search: string): readonly ChoiceSection[] => {
      const node = policy.nodes[id];
      const choices = (node === undefined ? [] : exitsOf(node))
        .filter((one) => matches(search, one.label))
        .map(
          (one): Choice => ({
            id: one.id,
            label: one.label,
            hint: one.to === null ? 'leads nowhere yet' : `leads to ${titleIn(policy, one.to)}`,
            icon: <IconArrowRight size={16} />,
            run: () => canvas.setState({ open: { ...open, exit: { node: id, port: one.id } } }),
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
      const leads = exitsOf(policy.nodes[id] ?? blankModel).some(
        (one) => one.id === exit.port && one.to !== null,
      );
      return [
        { title: 'Connect to', choices: targetChoices(document, canvas, exit, search) },
        {
          title: 'Or',
          choices: [add, ...(leads ? [cut] : [])].filter(({ label }) => matches(search, label)),
        },
      ];
    },
    [canvas, document, exit, id, open.at, policy],
  );
  return (
    <Floating at={open.at}>
      {exit === null ? (
        <ChoiceList
          key="exit"
          label={`Connect ${titleIn(policy, id)}: which exit?`}
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

const blankModel: PolicyNode = { kind: 'model', target: 'a/a' };

function targetChoices(
  document: PolicyDocument,
  canvas: CanvasStore,
  exit: Exit,
  search: string,
): readonly Choice[] {
  const { policy } = document.store.getState();
  return legalTargets(document, exit).flatMap((id): readonly Choice[] => {
    const node = policy.nodes[id];
    if (node === undefined || !matches(search, titleOf(node), id)) return [];
    const letter = node.kind === 'model' ? providerName(node.target).charAt(0).toUpperCase() : undefined;
    const run = (): void => {
      connectExit(document, exit, id);
      closeOpen(canvas);
    };
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

function matches(search: string, ...texts: readonly string[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return search.split(/\s+/).every((word) => all.includes(word));
}
