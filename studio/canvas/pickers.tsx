import { useCallback } from 'react';
import { nodeRegistry, type PolicyNode } from '#engine/nodes/index.ts';
import type { ModelRow } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import {
  fitsIntoEdge,
  insertNode,
  type PolicyDocument,
  providerName,
  type Spot,
  useDocumentActions,
} from '../document/index.ts';
import { formatPrice } from '../look/format.ts';
import {
  type CanvasStore,
  closeOpen,
  focusNode,
  type Point,
  useCanvas,
  useCanvasStore,
} from './canvas-state.ts';
import { type Choice, ChoiceList, type ChoiceSection } from './choice-list.tsx';
import { ConnectPicker, targetChoices } from './connect-picker.tsx';
import { Floating } from './floating.tsx';
import { KindIcon } from './kind-icon.tsx';
import { matches } from './matches.ts';
import { type Offer, subpolicySection } from './subpolicy-choices.tsx';
import { useOffers } from './use-offers.ts';

/** What is open over the drawing to choose from. */
export function Pickers() {
  const open = useCanvas((state) => state.open);
  if (open.kind === 'add')
    return open.only === undefined ? (
      <AddPicker key={`${open.at.x},${open.at.y}`} spot={open.spot} at={open.at} />
    ) : (
      <SubpolicyPicker key={`${open.at.x},${open.at.y}`} spot={open.spot} at={open.at} />
    );
  if (open.kind === 'connect') return <ConnectPicker open={open} />;
  return null;
}

/** Kinds to add at a spot; models by name; and, from an exit, the nodes that are there already. */
function AddPicker({ spot, at }: { readonly spot: Spot; readonly at: Point }) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const { models } = useModels();
  const { offers, choose, isLooking } = useOffersHere(spot);
  const sectionsFor = useCallback(
    (search: string) => {
      const [kinds, ...others] = addSections(document, canvas, spot, models, search);
      return [...(kinds === undefined ? [] : [kinds]), subpolicySection(offers, search, choose), ...others];
    },
    [document, canvas, spot, models, offers, choose],
  );
  return (
    <Floating at={at}>
      <ChoiceList
        label={spot.kind === 'edge' ? 'Insert a node' : 'Add a node'}
        placeholder={spot.kind === 'edge' ? 'Insert…' : 'Add a node, or search models…'}
        empty={isLooking ? 'Looking…' : 'Nothing of that name.'}
        sectionsFor={sectionsFor}
        onLeave={() => closeOpen(canvas)}
      />
    </Floating>
  );
}

/** Published policies alone, and what to do where there is none. */
function SubpolicyPicker({ spot, at }: { readonly spot: Spot; readonly at: Point }) {
  const canvas = useCanvasStore();
  const { offers, choose, why } = useOffersHere(spot);
  const sectionsFor = useCallback(
    (search: string) => [subpolicySection(offers, search, choose)],
    [offers, choose],
  );
  return (
    <Floating at={at}>
      <ChoiceList
        label="Insert a sub-policy"
        placeholder="Which policy?"
        empty={why}
        sectionsFor={sectionsFor}
        onLeave={() => closeOpen(canvas)}
      />
    </Floating>
  );
}

/** As {@link useOffers}; the picker closes, and what was taken over gets the focus. */
function useOffersHere(spot: Spot) {
  const canvas = useCanvasStore();
  const { takeOver, ...others } = useOffers(spot);
  const choose = useCallback(
    (offer: Offer): void => {
      closeOpen(canvas);
      void takeOver(offer).then((mark) => {
        if (mark !== undefined) focusNode(canvas, mark);
      });
    },
    [canvas, takeOver],
  );
  return { ...others, choose };
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
