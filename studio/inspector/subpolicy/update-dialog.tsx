import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Policy, Subpolicy } from '#engine/policy/index.ts';
import { useVersion } from '../../client/queries.ts';
import {
  type MergeConflict,
  pieceOf,
  previewUpdate,
  type Side,
  type SourceVersion,
  stateOfSubpolicy,
  updateSubpolicy,
  useDocument,
  useDocumentActions,
} from '../../document/index.ts';
import { ConflictChoice } from '../../editor/conflict-choice.tsx';
import { Failure } from '../../look/feedback.tsx';
import { plural } from '../../look/format.ts';
import { DiffView } from '../../publish/diff-view.tsx';
import own from './subpolicy.module.css';

interface Props {
  readonly id: string;
  readonly subpolicy: Subpolicy;
  /** The version it was taken from, where there is one. */
  readonly base: Policy | undefined;
  /** The version to take over. */
  readonly version: number;
  readonly onClose: () => void;
}

/** What another version changes here, whose changes stand where both changed one place, and the button. */
export function UpdateDialog(props: Props) {
  const name = useDocument(({ policy }) => policy.groups?.[props.id]?.name ?? props.id);
  const source = useVersion(props.subpolicy.policy, props.version);
  return (
    <Modal opened onClose={props.onClose} title={`Update ${name} to v${props.version}`} size={1000}>
      {source.isError ? <Failure error={source.error} onRetry={() => void source.refetch()} /> : null}
      {source.isPending ? <Skeleton height={400} radius="md" /> : null}
      {source.data === undefined ? null : <UpdateForm {...props} source={source.data} />}
    </Modal>
  );
}

function UpdateForm({ id, subpolicy, base, source, onClose }: Props & { readonly source: SourceVersion }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const [sides, setSides] = useState<ReadonlyMap<string, Side>>(new Map());
  const before = useMemo(() => pieceOf(policy, id), [policy, id]);
  // What stands here as it was taken over is what that version said, also where it was not kept.
  const common = base ?? (stateOfSubpolicy(policy, id) === 'unchanged' ? before : undefined);
  const choose = useMemo(() => (conflict: MergeConflict) => sides.get(conflict.key) ?? 'mine', [sides]);
  const updated = useMemo(
    () => previewUpdate(policy, id, common, source, choose),
    [policy, id, common, source, choose],
  );
  const after = useMemo(
    () => (updated === undefined ? undefined : pieceOf(updated.policy, id)),
    [updated, id],
  );
  if (before === undefined || after === undefined || updated === undefined) return null;
  const { conflicts } = updated;
  const open = conflicts.filter(({ key }) => !sides.has(key)).length;
  const update = (): void => {
    updateSubpolicy(document, id, common, source, choose);
    onClose();
  };
  const kept = subpolicy.version === null ? 'what stood here' : `v${subpolicy.version}`;
  return (
    <Stack gap="md">
      {conflicts.length > 0 && (
        <section className={own.conflicts} aria-label="Changed on both sides">
          <Text size="sm">
            {plural(conflicts.length, 'place')} changed both here and in {subpolicy.policy} since {kept}.
            Decide which stands; everything else is put together by itself.
          </Text>
          {conflicts.map((conflict) => (
            <ConflictChoice
              key={conflict.key}
              conflict={conflict}
              mine={before}
              theirs={source.policy}
              names={{ mine: 'As changed here', theirs: `As v${source.version} says` }}
              side={sides.get(conflict.key) ?? null}
              onChoose={(side) => setSides(new Map(sides).set(conflict.key, side))}
            />
          ))}
        </section>
      )}
      <DiffView
        sides={{ before, after }}
        name="what stands here and the new version"
        title="What changes here"
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" disabled={open > 0} onClick={update} data-autofocus>
          {open > 0 ? `${open} to decide` : `Update to v${source.version}`}
        </Button>
      </Group>
    </Stack>
  );
}
