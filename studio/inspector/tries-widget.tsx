import { Select } from '@mantine/core';
import { useDocument, useDocumentActions } from '../document/index.ts';
import styles from './inspector.module.css';
import { Remove } from './list-buttons.tsx';
import { moved, SortableList } from './sortable-list.tsx';
import { targetOptions } from './target-options.ts';
import type { WidgetProps } from './widget.ts';

/** What a fallback tries, in order; dragged or moved with the arrow keys. */
export function TriesWidget({ id, node, field, readOnly, change }: WidgetProps) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  if (node.kind !== 'fallback') return null;
  const setTries = (next: readonly string[]): void => {
    change((now) => (now.kind === 'fallback' ? { ...now, try: [...next] } : now));
  };
  const options = targetOptions(document, { node: id, port: 'add' });
  return (
    <div className={styles.field}>
      <span className={styles.caption}>{field.label}</span>
      <SortableList
        items={node.try}
        keyOf={(to, index) => `${to}-${node.try.slice(0, index).filter((one) => one === to).length}`}
        nameOf={(to) => to}
        readOnly={readOnly}
        onMove={(from, to) => setTries(moved(node.try, from, to))}
      >
        {(to, index) => (
          <div className={styles.line} data-field={`try.${index}`} data-exit={`${index + 1}`}>
            <Select
              className={styles.grow ?? ''}
              aria-label={`Try ${index + 1}`}
              data={
                Object.hasOwn(policy.nodes, to)
                  ? options
                  : [{ value: to, label: `${to} (missing)` }, ...options]
              }
              value={to}
              readOnly={readOnly}
              searchable
              allowDeselect={false}
              onChange={(next) => {
                if (next !== null) setTries(node.try.with(index, next));
              }}
            />
            {!readOnly && (
              <Remove
                label={`Remove try ${index + 1}`}
                onClick={() => setTries(node.try.toSpliced(index, 1))}
              />
            )}
          </div>
        )}
      </SortableList>
      {!readOnly && (
        <div data-exit="add">
          <Select
            aria-label="Add a try"
            placeholder="Add a try…"
            data={options}
            value={null}
            searchable
            nothingFoundMessage="Nothing else can be tried from here. Add a model first."
            onChange={(next) => {
              if (next !== null) setTries([...node.try, next]);
            }}
          />
        </div>
      )}
    </div>
  );
}
