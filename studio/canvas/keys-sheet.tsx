import { Modal } from '@mantine/core';
import styles from './canvas.module.css';
import { closeOpen, useCanvas, useCanvasStore } from './canvas-state.ts';
import { type Binding, keymap } from './keymap.ts';

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** Every key there is, as the key map says. */
export function KeysSheet() {
  const canvas = useCanvasStore();
  const opened = useCanvas((state) => state.open.kind === 'keys');
  const groups = [...new Set(keymap.map((binding) => binding.group))];
  return (
    <Modal opened={opened} onClose={() => closeOpen(canvas)} title="Keys" size={800} returnFocus={false}>
      <div className={styles.keys}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {rowsOf(group).map(({ label, keys }) => (
                <Row key={label} label={label} keys={keys} />
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Clipboard and mouse</h3>
          <dl>
            <Row label="Copy, cut, paste, also across policies" keys={['mod', 'C', 'X', 'V']} />
            <Row label="Select several" keys={['Shift', 'drag']} />
            <Row label="Insert a node" keys={['hover an edge']} />
            <Row label="Connect, or add a node" keys={['drag an exit']} />
          </dl>
        </section>
      </div>
    </Modal>
  );
}

/** Keys that do the same (the four arrows with Alt) are one row. */
function rowsOf(group: Binding['group']): readonly Pick<Binding, 'label' | 'keys'>[] {
  const rows = new Map<string, readonly string[]>();
  for (const { label, keys } of keymap.filter((binding) => binding.group === group)) {
    const before = rows.get(label);
    rows.set(
      label,
      before === undefined ? keys : [...before, ...keys.filter((key) => !before.includes(key))],
    );
  }
  return [...rows].map(([label, keys]) => ({ label, keys }));
}

function Row({ label, keys }: { readonly label: string; readonly keys: readonly string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : key}</kbd>
        ))}
      </dd>
    </>
  );
}
