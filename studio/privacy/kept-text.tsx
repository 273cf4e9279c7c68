import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../client/call-api.ts';
import { Failure } from '../look/feedback.tsx';
import { keyed } from '../look/keyed.ts';
import styles from './privacy.module.css';
import { usePrivacy } from './privacy-queries.ts';

/** What was asked and answered, where the team keeps it; shown on demand, since every reading is told. */
export function KeptText({ id, team }: { readonly id: string; readonly team: string }) {
  const privacy = usePrivacy();
  const [shown, setShown] = useState(false);
  if (privacy.data?.texts.some((kept) => kept.team === team) !== true) return null;
  return (
    <section>
      <h3>Text</h3>
      {shown ? (
        <Words id={id} />
      ) : (
        <Group gap="sm">
          <Button variant="default" size="xs" onClick={() => setShown(true)}>
            Show what was asked
          </Button>
          <Text size="sm" className="wb-muted">
            Reading it is told in the audit.
          </Text>
        </Group>
      )}
    </section>
  );
}

function Words({ id }: { readonly id: string }) {
  const text = useQuery({
    queryKey: ['text', id],
    // One reading is one entry of the audit: never again in the background, nor for a page that was drawn twice.
    queryFn: () => callApi('readText', { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    retry: false,
  });
  if (text.isError) return <Failure error={text.error} />;
  if (text.data === undefined) return <Skeleton height={120} radius="md" />;
  const said = [...text.data.messages, { role: 'answer', text: text.data.answer }];
  return (
    <dl className={styles.said}>
      {keyed(said, ({ role }) => role).map(({ key, item: { role, text: words } }) => (
        <div key={key} data-role={role}>
          <dt>{role}</dt>
          <dd>{words === '' ? <span className="wb-muted">nothing</span> : words}</dd>
        </div>
      ))}
      {text.data.cut ? <p className="wb-muted">Cut: it was longer than is kept.</p> : null}
    </dl>
  );
}
