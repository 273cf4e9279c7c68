import { Badge, Button, Drawer, Group, Modal, Skeleton, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ModelDetail } from '#server/contract/models.ts';
import { queryKeys, useModel } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Copy } from '../look/code-block.tsx';
import { Failure } from '../look/feedback.tsx';
import { formatAgo, formatPrice, formatTokens } from '../look/format.ts';
import { Figure } from '../look/page.tsx';
import { May } from '../people/may.tsx';
import { Permitted } from '../people/permitted.tsx';
import { OriginBadge, Served } from './model-columns.tsx';
import { ModelFacts } from './model-facts.tsx';
import { ModelForm } from './model-form.tsx';
import { ModelPrice } from './model-price.tsx';
import styles from './models.module.css';

/** One model: its price by class, tier and mode, what it can do, who uses it, and changing it. */
export function ModelDrawer({ id, onClose }: { readonly id: string | null; readonly onClose: () => void }) {
  const model = useModel(id);
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      size={680}
      padding="lg"
      title={
        <Group gap={6} wrap="nowrap">
          <strong>{model.data?.name ?? 'Model'}</strong>
          <code className="wb-code wb-muted">{id}</code>
          {id === null ? null : <Copy text={id} label="Copy id" />}
        </Group>
      }
    >
      {model.isError ? <Failure error={model.error} /> : null}
      {model.isLoading ? <Skeleton height={500} radius="md" /> : null}
      {model.data === undefined ? null : <Detail model={model.data} onClose={onClose} />}
    </Drawer>
  );
}

function Detail({ model, onClose }: { readonly model: ModelDetail; readonly onClose: () => void }) {
  return (
    <div className={styles.sections}>
      <Head model={model} onClose={onClose} />
      <dl className={styles.figures}>
        <Figure
          name="Input"
          value={model.priceInput === null ? 'unpriced' : formatPrice(model.priceInput)}
          detail="per million tokens"
        />
        <Figure
          name="Output"
          value={model.priceOutput === null ? 'unpriced' : formatPrice(model.priceOutput)}
          detail="per million tokens"
        />
        <Figure
          name="Context"
          value={formatTokens(model.context)}
          detail={model.maxOutput === null ? 'tokens' : `up to ${formatTokens(model.maxOutput)} out`}
        />
      </dl>
      <section>
        <h3>Price</h3>
        <ModelPrice price={model.price} />
      </section>
      <section>
        <h3>What is known</h3>
        <ModelFacts model={model} />
      </section>
      <section>
        <h3>Used by</h3>
        <Uses uses={model.usedBy} />
      </section>
    </div>
  );
}

function Head({ model, onClose }: { readonly model: ModelDetail; readonly onClose: () => void }) {
  const [editing, setEditing] = useState(false);
  return (
    <Group gap="sm">
      <Served model={model} />
      <OriginBadge origin={model.origin} />
      {model.deprecated ? <Badge color="gray">retiring</Badge> : null}
      {model.changed === null ? null : (
        <span className="wb-muted">
          changed {formatAgo(Date.parse(model.changed.at), Date.now())} by {model.changed.by}
        </span>
      )}
      {model.origin === 'file' ? (
        <span className="wb-muted" style={{ marginLeft: 'auto' }}>
          Managed by the config file
        </span>
      ) : (
        <Group gap={6} ml="auto">
          {model.custom === null ? null : (
            <Permitted needs="models.manage">
              <Remove model={model} onClose={onClose} />
            </Permitted>
          )}
          <May needs="models.manage">
            <Button
              variant="default"
              leftSection={<IconPencil size={14} stroke={1.6} />}
              onClick={() => setEditing(true)}
            >
              Edit
            </Button>
          </May>
        </Group>
      )}
      <Modal opened={editing} onClose={() => setEditing(false)} title={`Edit ${model.name}`} size={660}>
        <ModelForm known={model} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} />
      </Modal>
    </Group>
  );
}

/** A model that ships goes back to what ships; one that does not is gone. */
function Remove({ model, onClose }: { readonly model: ModelDetail; readonly onClose: () => void }) {
  const { ships } = model;
  const client = useQueryClient();
  const remove = useChange('deleteModel', {
    stale: [],
    failure: `${model.name} was not changed`,
    onDone: () => {
      // Only the list is asked for again: the model itself may be nowhere now.
      client.removeQueries({ queryKey: [...queryKeys.models, model.id] });
      void client.invalidateQueries({ queryKey: queryKeys.models, exact: true });
      tellDone(ships ? `${model.name} is as it ships again` : `${model.name} is gone`);
      onClose();
    },
  });
  const used = model.usedBy.length > 0;
  const confirm = () =>
    modals.openConfirmModal({
      title: ships ? `Take back your changes to ${model.name}?` : `Delete ${model.name}?`,
      children: (
        <Text size="sm">
          {ships
            ? 'Facts and prices that ship with Waybill hold again, for the next request.'
            : `It leaves the catalogue, and requests to it are unpriced.${used ? ' Policies still name it.' : ''}`}
        </Text>
      ),
      labels: { confirm: ships ? 'Take back' : 'Delete', cancel: 'Keep' },
      confirmProps: { color: 'red', size: 'sm' },
      cancelProps: { size: 'sm' },
      onConfirm: () => remove.mutate({ params: { id: model.id } }),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconTrash size={14} stroke={1.6} />}
      loading={remove.isPending}
      onClick={confirm}
    >
      {ships ? 'Take back' : 'Delete'}
    </Button>
  );
}

function Uses({ uses }: { readonly uses: ModelDetail['usedBy'] }) {
  if (uses.length === 0) return <p className="wb-muted">No policy names it.</p>;
  return (
    <ul className={styles.uses}>
      {uses.map(({ policy, name, nodes, published }) => (
        <li key={policy}>
          <Link href={`/policies/${policy}`}>{name}</Link>
          <span className="wb-muted">{published ? 'published' : 'in the draft only'}</span>
          <span className={styles.nodes}>
            {nodes.map((node) => (
              <code key={node}>{node}</code>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
