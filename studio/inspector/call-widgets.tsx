import { Select } from '@mantine/core';
import styles from './inspector.module.css';
import { NumberSetting } from './simple-widgets.tsx';
import type { WidgetProps } from './widget.ts';

/** Changes to the request on its way to a model. */
export function ParametersWidget({ node, field, readOnly, change }: WidgetProps) {
  if (node.kind !== 'model' && node.kind !== 'transform' && node.kind !== 'pool') return null;
  const { parameters = {} } = node;
  const set = (next: NonNullable<typeof node.parameters>, burst: string): void => {
    const isEmpty = Object.values(next).every((value) => value === undefined);
    change((now) => (now.kind === node.kind ? { ...now, parameters: isEmpty ? undefined : next } : now), {
      burst,
    });
  };
  return (
    <div className={styles.field} style={{ gap: 10 }}>
      <NumberSetting
        field={{ label: 'Longest answer', unit: 'tokens', min: 1, placeholder: 'as the client asks' }}
        value={parameters.max_output_tokens}
        readOnly={readOnly}
        onValue={(max_output_tokens) => set({ ...parameters, max_output_tokens }, 'max_output_tokens')}
      />
      <NumberSetting
        field={{ label: 'Temperature', min: 0, max: 2, step: 0.1, placeholder: 'as the client asks' }}
        value={parameters.temperature}
        readOnly={readOnly}
        onValue={(temperature) => set({ ...parameters, temperature }, 'temperature')}
      />
      <Select
        label="Reasoning effort"
        placeholder="as the client asks"
        data={['none', 'minimal', 'low', 'medium', 'high']}
        value={parameters.reasoning_effort ?? null}
        readOnly={readOnly}
        clearable
        onChange={(effort) => set({ ...parameters, reasoning_effort: effortOf(effort) }, 'reasoning_effort')}
      />
      {field.help !== undefined && <span className={styles.help}>{field.help}</span>}
    </div>
  );
}

type Effort = 'none' | 'minimal' | 'low' | 'medium' | 'high';

function effortOf(text: string | null): Effort | undefined {
  const efforts: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high'];
  return efforts.find((effort) => effort === text);
}

const deadlines = [
  ['connect_ms', 'To connect'],
  ['first_token_ms', 'To the first token'],
  ['idle_ms', 'Between tokens'],
  ['total_ms', 'In total'],
] as const;

/** How long an attempt may take. */
export function DeadlinesWidget({ node, field, readOnly, change }: WidgetProps) {
  if (node.kind !== 'model') return null;
  const now = node.deadlines ?? {};
  const set = (next: NonNullable<typeof node.deadlines>, burst: string): void => {
    const isEmpty = Object.values(next).every((value) => value === undefined);
    change((old) => (old.kind === 'model' ? { ...old, deadlines: isEmpty ? undefined : next } : old), {
      burst,
    });
  };
  return (
    <div className={styles.field}>
      <span className={styles.caption}>{field.label}</span>
      <div className={styles.labels}>
        {deadlines.map(([name, label]) => (
          <NumberSetting
            key={name}
            field={{ label, unit: field.unit ?? 'ms', min: 1, placeholder: 'default' }}
            value={now[name]}
            readOnly={readOnly}
            onValue={(value) => set({ ...now, [name]: value }, name)}
          />
        ))}
      </div>
    </div>
  );
}
