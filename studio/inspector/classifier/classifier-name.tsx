import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { classifiers as builtIn } from '#engine/nodes/index.ts';
import {
  deleteClassifier,
  nodesAsking,
  renameClassifier,
  titleIn,
  useDocument,
  useDocumentActions,
} from '../../document/index.ts';
import inspector from '../inspector.module.css';
import styles from './classifier.module.css';
import { NameField } from './label-field.tsx';

/** Name of a classifier, who asks it, and taking it away. */
export function ClassifierName({ id, onDeleted }: { readonly id: string; readonly onDeleted: () => void }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const readOnly = useDocument((state) => state.readOnly);
  const [isSure, setSure] = useState(false);
  const asking = nodesAsking(policy, id);
  const names = asking.map((node) => `“${titleIn(policy, node)}”`).join(', ');
  const taken = (name: string): boolean => builtIn.has(name) || Object.hasOwn(policy.classifiers ?? {}, name);
  const remove = (): void => {
    if (document.run(deleteClassifier(id), `Delete classifier ${id}`)) onDeleted();
  };
  return (
    <div className={styles.name}>
      <div className={styles.nameLine}>
        <NameField
          label="Name of the classifier"
          visibleLabel
          value={id}
          readOnly={readOnly}
          taken={taken}
          onName={(to) => document.run(renameClassifier(id, to), `Rename classifier ${id} to ${to}`)}
        />
        {!readOnly && !isSure && (
          <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => setSure(true)}>
            Delete…
          </Button>
        )}
      </div>
      <span className={inspector.help}>{`Asked by ${names}. Renaming it renames it there, too.`}</span>
      {isSure && (
        <div className={styles.sure} role="alert">
          <p>
            {`${names} will ask the built-in classifier instead, and lose the exits that one has no label for. Undo brings all back.`}
          </p>
          <div className={styles.row}>
            <Button color="red" onClick={remove}>
              Delete it
            </Button>
            <Button variant="default" onClick={() => setSure(false)}>
              Keep it
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
