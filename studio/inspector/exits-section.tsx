import { Select } from '@mantine/core';
import type { Diagnostic, NodeId, PolicyNode, Port } from '#engine/nodes/index.ts';
import {
  connectExit,
  disconnectExit,
  exitsOf,
  exitWords,
  insertNode,
  useDocument,
  useDocumentActions,
} from '../document/index.ts';
import styles from './inspector.module.css';
import { ProblemNotes } from './problem-notes.tsx';
import { targetOptions } from './target-options.ts';

const newModel = '+model';

/** Every exit and where it leads: edges drawn without a mouse. */
export function ExitsSection({
  id,
  node,
  problems,
  readOnly,
}: {
  readonly id: NodeId;
  readonly node: PolicyNode;
  readonly problems: readonly Diagnostic[];
  readonly readOnly: boolean;
}) {
  const exits = exitsOf(node);
  if (exits.length === 0 || node.kind === 'fallback') return null;
  return (
    <section className={styles.section}>
      <h3>Exits</h3>
      {exits.map((exit) => (
        <ExitRow
          key={exit.id}
          id={id}
          words={exitWords(node, exit)}
          exit={exit}
          problems={problems.filter(
            ({ port, code }) => port === exit.id && (code === 'port_unconnected' || code === 'node_missing'),
          )}
          readOnly={readOnly}
        />
      ))}
    </section>
  );
}

function ExitRow({
  id,
  words,
  exit,
  problems,
  readOnly,
}: {
  readonly id: NodeId;
  readonly words: ReturnType<typeof exitWords>;
  readonly exit: Port;
  readonly problems: readonly Diagnostic[];
  readonly readOnly: boolean;
}) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const from = { node: id, port: exit.id };
  const choose = (to: string | null): void => {
    if (to === newModel) insertNode(document, 'model', { kind: 'exit', exit: from });
    else if (to === null) disconnectExit(document, from);
    else connectExit(document, from, to);
  };
  const options = targetOptions(document, from);
  const isMissing = exit.to !== null && !Object.hasOwn(policy.nodes, exit.to);
  const missing = isMissing && exit.to !== null ? [{ value: exit.to, label: `${exit.to} (missing)` }] : [];
  const created = readOnly ? [] : [{ value: newModel, label: '+ New model' }];
  return (
    <div className={styles.exit} data-exit={exit.id}>
      <span className={styles.exitName} title={exit.label}>
        {words.text}
        {words.aside !== undefined && <span className={styles.exitAside}> {words.aside}</span>}
      </span>
      <Select
        aria-label={`Exit “${exit.label}” leads to`}
        placeholder="Connect to…"
        data={[...missing, ...options, ...created]}
        value={exit.to}
        readOnly={readOnly}
        searchable
        clearable
        error={problems.some((one) => one.severity === 'error')}
        onChange={choose}
      />
      <ProblemNotes problems={problems} />
    </div>
  );
}
