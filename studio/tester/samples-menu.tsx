import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core';
import { IconBookmark, IconLink, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import { tellDone, tellFailure } from '../client/toasts.ts';
import { dropSample, keepSample, linkOfSample, readSamples, type Sample, sampleOf } from './samples.ts';
import styles from './tester.module.css';
import type { TesterStore } from './tester-state.ts';

interface Props {
  readonly store: TesterStore;
  readonly policyId: string;
}

/** Test requests kept by name in this browser, and links that hand one to a colleague. */
export function SamplesMenu({ store, policyId }: Props) {
  const [samples, setSamples] = useState(() => readSamples(localStorage, policyId));
  const take = ({ name: _, ...sample }: Sample) =>
    store.setState({ ...sample, recordId: null, trial: null, trialKey: '' });
  return (
    <Menu position="bottom-start" width={300} trapFocus={false}>
      <Menu.Target>
        <Tooltip label="Samples">
          <ActionIcon aria-label="Samples">
            <IconBookmark size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{samples.length === 0 ? 'Nothing is kept yet' : 'Kept in this browser'}</Menu.Label>
        {samples.map((sample) => (
          <div key={sample.name} className={styles.sample}>
            <Menu.Item onClick={() => take(sample)}>{sample.name}</Menu.Item>
            <CopyLink sample={sample} policyId={policyId} />
            <ActionIcon
              size="sm"
              aria-label={`Delete ${sample.name}`}
              onClick={() => setSamples(dropSample(localStorage, policyId, sample.name))}
            >
              <IconTrash size={14} stroke={1.6} />
            </ActionIcon>
          </div>
        ))}
        <Menu.Divider />
        <KeepForm store={store} policyId={policyId} onKept={setSamples} />
      </Menu.Dropdown>
    </Menu>
  );
}

function CopyLink({ sample, policyId }: { readonly sample: Sample; readonly policyId: string }) {
  const copy = async () => {
    const link = linkOfSample(window.location.origin, policyId, sample);
    if (link === null)
      return tellFailure('There is no link', new Error('The request is too long for one. Copy its body.'));
    await navigator.clipboard.writeText(link);
    tellDone('The link is copied', 'It holds the request itself: whoever has the link can read it.');
  };
  return (
    <ActionIcon
      size="sm"
      aria-label={`Copy a link to ${sample.name}`}
      onClick={() => void copy().catch((error: unknown) => tellFailure('The link was not copied', error))}
    >
      <IconLink size={14} stroke={1.6} />
    </ActionIcon>
  );
}

function KeepForm({
  store,
  policyId,
  onKept,
}: Props & { readonly onKept: (samples: readonly Sample[]) => void }) {
  const [name, setName] = useState('');
  const isLogged = useStore(store, ({ mode }) => mode === 'logged');
  const keep = (event: FormEvent) => {
    event.preventDefault();
    const sample = sampleOf(name.trim(), store.getState());
    if (sample === null) return;
    try {
      onKept(keepSample(localStorage, policyId, sample));
      setName('');
    } catch (error) {
      tellFailure('The sample was not kept', error);
    }
  };
  if (isLogged) return <Menu.Label>A logged request has a link of its own, on its page.</Menu.Label>;
  return (
    <form className={styles.sample} onSubmit={keep}>
      <TextInput
        size="xs"
        aria-label="Name of the sample"
        placeholder="Name of this request"
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Button size="xs" type="submit" variant="default" disabled={name.trim() === ''}>
        Keep
      </Button>
    </form>
  );
}
