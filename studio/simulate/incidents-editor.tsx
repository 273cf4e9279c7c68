import { Autocomplete, Button, CloseButton, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Incident } from '#engine/simulate/clock/incident.ts';
import { Card } from '../look/page.tsx';
import { incidentWords } from './incident-words.ts';
import styles from './what-if.module.css';

const kinds = [
  { value: 'outage', label: 'Outage' },
  { value: 'rate_limited', label: 'More 429s' },
  { value: 'slow', label: 'Slow answers' },
  { value: 'price', label: 'Other price' },
  { value: 'traffic', label: 'More traffic' },
];

/** What goes wrong while the log is replayed: each in a sentence, and a form for one more. */
export function IncidentsEditor({
  incidents,
  targets,
  onChange,
}: {
  readonly incidents: readonly Incident[];
  /** Offered; patterns may be typed. */
  readonly targets: readonly string[];
  readonly onChange: (incidents: readonly Incident[]) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="Rehearse a bad day"
      aside={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={13} stroke={1.8} />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          Incident
        </Button>
      }
    >
      {incidents.length === 0 && !isOpen ? (
        <p className="wb-muted">Nothing goes wrong: every target does as well as the log saw it do.</p>
      ) : null}
      <ul className={styles.incidents} aria-label="Incidents">
        {incidents.map((incident, index) => (
          <li key={JSON.stringify(incident)}>
            {incidentWords(incident)}
            <CloseButton
              size="sm"
              aria-label={`Remove: ${incidentWords(incident)}`}
              onClick={() => onChange(incidents.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      {isOpen ? <IncidentForm targets={targets} onAdd={(one) => onChange([...incidents, one])} /> : null}
    </Card>
  );
}

function IncidentForm({
  targets,
  onAdd,
}: {
  readonly targets: readonly string[];
  readonly onAdd: (incident: Incident) => void;
}) {
  const [kind, setKind] = useState('outage');
  const [target, setTarget] = useState(targets[0] ?? '');
  const [factor, setFactor] = useState<number | string>(3);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [problem, setProblem] = useState('');
  const add = () => {
    const read = Incident.safeParse({
      kind,
      ...(kind === 'traffic' ? {} : { target }),
      ...(kind === 'outage' ? {} : { factor: Number(factor) }),
      ...(from === '' ? {} : { from }),
      ...(to === '' ? {} : { to }),
    });
    if (read.success) onAdd(read.data);
    const issue = read.error?.issues[0];
    setProblem(issue === undefined ? '' : `${issue.path.join(' ')}: ${issue.message}`);
  };
  return (
    <>
      <Group gap="sm" align="end">
        <Select
          w={150}
          size="sm"
          label="What happens"
          data={kinds}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(value ?? 'outage')}
        />
        {kind === 'traffic' ? null : (
          <Autocomplete
            w={240}
            size="sm"
            label="To target or pattern"
            data={[...targets]}
            value={target}
            onChange={setTarget}
          />
        )}
        {kind === 'outage' ? null : (
          <NumberInput w={90} size="sm" label="Times" min={0} value={factor} onChange={setFactor} />
        )}
        <TextInput
          w={140}
          size="sm"
          label="From (UTC)"
          placeholder="14:00, +1d"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          w={140}
          size="sm"
          label="To (UTC)"
          placeholder="15:00"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button size="sm" variant="default" onClick={add}>
          Add
        </Button>
      </Group>
      {problem === '' ? null : (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
