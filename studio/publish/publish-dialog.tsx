import { Button, Group, Modal, Skeleton, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { hasErrors, type Policy } from '#engine/policy/index.ts';
import type { PolicyEnvelope, Proposal } from '#server/contract/index.ts';
import { queryKeys, useVersion } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { useDocument, useDocumentActions } from '../document/index.ts';
import { useEditor, useEditorStore } from '../editor/editor-state.ts';
import { Failure } from '../look/feedback.tsx';
import { formatTimeFully } from '../look/format.ts';
import { windowStart } from '../look/window-control.tsx';
import { DiffView } from './diff-view.tsx';
import { keepForecast } from './keep-forecast.ts';
import { PublishCases } from './publish-cases.tsx';
import { hasLimits, limitsBody, noLimits, PublishLimits } from './publish-limits.tsx';
import { PublishProblems } from './publish-problems.tsx';
import { PublishWhatIf } from './publish-what-if.tsx';
import { publishingKeys, usePlayedCases } from './publishing-queries.ts';
import { atOnce, ReleaseFields, releaseBody, releaseProblem } from './release-fields.tsx';
import { useServing } from './use-serving.tsx';
import { UsedIn } from './used-in.tsx';

interface Props {
  readonly envelope: PolicyEnvelope;
  readonly onEnvelope: (envelope: PolicyEnvelope) => void;
  /** Saves what is unsaved, so that what is published is what is shown. */
  readonly flush: () => Promise<void>;
}

/** What publishing changes, what stands against it, what it would have cost; then the button. */
export function PublishDialog(props: Props) {
  const editor = useEditorStore();
  const opened = useEditor((state) => state.publishing);
  const close = () => editor.setState({ publishing: false });
  const next = (props.envelope.versions[0]?.version ?? 0) + 1;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={`Publish version ${next} of ${props.envelope.policy.name}`}
      size={1000}
    >
      <PublishForm {...props} next={next} onClose={close} />
    </Modal>
  );
}

function PublishForm({
  envelope,
  onEnvelope,
  flush,
  next,
  onClose,
}: Props & { readonly next: number; readonly onClose: () => void }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const diagnostics = useDocument((state) => state.diagnostics);
  const newest = envelope.versions[0] ?? null;
  const published = useVersion(envelope.policy.id, newest?.version ?? null);
  const [note, setNote] = useState('');
  const [release, setRelease] = useState(atOnce);
  const [override, setOverride] = useState('');
  const [limits, setLimits] = useState(noLimits);
  const [from] = useState(() => windowStart('14d', Date.now()));
  const cases = usePlayedCases(envelope.policy.id);
  const serving = useServing(envelope.policy);
  const publish = useChange('publishPolicy', {
    stale: [queryKeys.policies, publishingKeys.rollouts, publishingKeys.proposals],
    onDone: ({ proposal, ...done }) => {
      onEnvelope(done);
      document.markSaved(done.revision, document.store.getState().saved);
      onClose();
      if (proposal !== undefined) {
        tellDone(...waits(proposal, done.policy.name));
        return;
      }
      const version = done.versions[0]?.version ?? next;
      const title = `Version ${version} is published`;
      if (serving.isServed) tellDone(title, inUse[release.kind](done.policy.name));
      else serving.lead(title);
    },
  });
  const forecast = useMutation({
    mutationFn: ({ policy: now, isHeld }: { readonly policy: Policy; readonly isHeld: boolean }) =>
      keepForecast(now, newest?.version ?? null, from, isHeld),
  });
  const start = async () => {
    await flush();
    const { revision, saved, policy: now } = document.store.getState();
    if (saved !== now) return;
    const reason = override.trim();
    const isHeld = hasLimits(limits);
    const simulation = await forecast.mutateAsync({ policy: now, isHeld });
    publish.mutate({
      params: { id: envelope.policy.id },
      body: {
        revision,
        note: note.trim(),
        ...releaseBody(release),
        ...(simulation === null ? {} : { simulation }),
        ...(isHeld ? { limits: limitsBody(limits) } : {}),
        ...(reason === '' ? {} : { cases_override: reason }),
      },
    });
  };
  const isBlocked = hasErrors(diagnostics);
  const failing = cases.data?.results.some(({ passed }) => !passed) === true && override.trim() === '';
  const problem = releaseProblem(release, Date.now());
  const before = newest === null ? null : (published.data?.policy ?? null);
  return (
    <Stack gap="md">
      <Changes
        before={before}
        after={policy}
        newest={newest?.version ?? null}
        isLoading={published.isLoading}
      />
      <UsedIn uses={envelope.usedIn} next={next} />
      <PublishProblems diagnostics={diagnostics} onLeave={onClose} />
      <PublishCases played={cases} override={override} onOverride={setOverride} />
      <PublishWhatIf
        policyId={envelope.policy.id}
        version={newest?.version ?? null}
        from={from}
        isBlocked={isBlocked}
        onLeave={onClose}
      />
      <PublishLimits value={limits} onChange={setLimits} />
      <Textarea
        label="Note"
        description="What changes and why, for the list of versions."
        autosize
        minRows={2}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-autofocus
      />
      {serving.isServed ? <ReleaseFields value={release} onChange={setRelease} /> : serving.field}
      {problem === null ? null : <p className="wb-muted">{problem}</p>}
      {publish.isError ? <Failure error={publish.error} /> : null}
      {forecast.isPending ? (
        <p className="wb-muted" role="status">
          Replaying the last 14 days, to keep the forecast that this version is held against later…
        </p>
      ) : null}
      {forecast.isError ? <Failure error={forecast.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button
          size="sm"
          onClick={() => void start().catch(() => undefined)}
          disabled={isBlocked || failing || problem !== null}
          loading={publish.isPending || forecast.isPending}
        >
          Publish version {next}
        </Button>
      </Group>
    </Stack>
  );
}

const inUse = {
  at_once: (name: string) => `${name} is served by it from now on.`,
  canary: () => 'It serves a share of the traffic; see Rollouts.',
  shadow: () => 'It decides beside the version before and serves nobody; see Rollouts.',
  scheduled: () => 'It is in use.',
} as const;

function waits({ state, due }: Proposal, name: string): readonly [string, string] {
  return state === 'waiting'
    ? ['Somebody else approves it', `The new version of ${name} waits under Rollouts.`]
    : [
        'It is scheduled',
        `${name} is published ${due === null ? 'soon' : formatTimeFully(Date.parse(due))}.`,
      ];
}

interface ChangesProps {
  readonly before: Policy | null;
  readonly after: Policy;
  readonly newest: number | null;
  readonly isLoading: boolean;
}

function Changes({ before, after, newest, isLoading }: ChangesProps) {
  if (newest === null) {
    return (
      <p className="wb-muted">
        This is the first version: {Object.keys(after.nodes).length} nodes, nothing to compare with.
      </p>
    );
  }
  if (isLoading || before === null) return <Skeleton height={400} radius="md" />;
  return <DiffView sides={{ before, after }} name={`version ${newest} and the draft`} />;
}
