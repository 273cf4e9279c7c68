import { KindIcon } from '../canvas/kind-icon.tsx';
import { Status } from '../look/status.tsx';
import type { FieldChange, NodeChange, PolicyDiff } from './diff-policies.ts';
import styles from './publish.module.css';

const words = {
  added: { text: 'added', tone: 'good' },
  removed: { text: 'removed', tone: 'bad' },
  changed: { text: 'changed', tone: 'accent' },
} as const;

/** Node by node what was added, removed and changed, with the old and the new value. */
export function DiffList({ diff: { policy, nodes } }: { readonly diff: PolicyDiff }) {
  return (
    <ul className={styles.list}>
      {policy.length === 0 ? null : (
        <li className={styles.node}>
          <div className={styles.head}>
            <strong>The policy</strong>
          </div>
          <Fields fields={policy} />
        </li>
      )}
      {nodes.map((change) => (
        <Node key={change.id} change={change} />
      ))}
    </ul>
  );
}

function Node({ change }: { readonly change: NodeChange }) {
  const { text, tone } = words[change.kind];
  return (
    <li className={styles.node} data-kind={change.kind}>
      <div className={styles.head}>
        <KindIcon kind={change.node.kind} size={22} />
        <strong>{change.title}</strong>
        <code>{change.id}</code>
        <Status tone={tone}>{text}</Status>
      </div>
      {change.kind === 'changed' ? <Fields fields={change.fields} /> : null}
    </li>
  );
}

function Fields({ fields }: { readonly fields: readonly FieldChange[] }) {
  return (
    <dl className={styles.fields}>
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            <del>{valueText(before)}</del>
            <span aria-hidden="true"> → </span>
            <ins>{valueText(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function valueText(value: unknown): string {
  if (value === undefined) return 'not set';
  if (value === null) return 'nowhere';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
