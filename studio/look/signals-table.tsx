import { type SignalName, type SignalValue, signalRegistry } from '#engine/signals/index.ts';
import { formatCount, formatTimeFully } from './format.ts';
import styles from './signals-table.module.css';

interface Declared {
  readonly name: SignalName;
  readonly meaning: string;
  readonly unit?: string;
}

/** The signals of one request, in the order of their registry; those not known say so. */
export function SignalsTable({ signals }: { readonly signals: Readonly<Record<string, unknown>> }) {
  return (
    <table className={styles.signals}>
      <thead className="wb-hidden">
        <tr>
          <th scope="col">Signal</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {signalRegistry.map((signal: Declared) => (
          <tr key={signal.name}>
            <th
              scope="row"
              title={`${signal.meaning}${signal.unit === undefined ? '' : ` (${signal.unit})`}`}
            >
              {signal.name}
            </th>
            <td>{valueText(signal.name, signals[signal.name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function valueText(name: SignalName, value: SignalValue | unknown) {
  if (value === null || value === undefined) return <span className="wb-muted">unknown</span>;
  if (name === 'time.at' && typeof value === 'number') return formatTimeFully(value);
  if (typeof value === 'number')
    return Number.isInteger(value) ? formatCount(value) : String(Math.round(value * 1e4) / 1e4);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return value === '' ? <span className="wb-muted">empty</span> : value;
  return JSON.stringify(value);
}
