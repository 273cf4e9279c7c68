import { columnOfClass } from '#engine/catalogue/index.ts';
import { signalRegistry, type ValueType } from '#engine/signals/index.ts';

/** How a value stands in the file. */
export type Unit =
  | 'iso'
  | 's'
  | 'ms'
  | 'us'
  | 'ns'
  | 'usd'
  | 'cents'
  | 'nano_usd'
  | 'with_cache'
  | 'with_reasoning';

export type ColumnName = string;

/** A column of a record that can be mapped. */
export interface CsvColumn {
  readonly name: ColumnName;
  readonly type: ValueType;
  /** Units that may be named; the first is meant where none is. */
  readonly units: readonly Unit[];
}

const times: readonly Unit[] = ['ms', 's', 'us', 'ns'];

/** What a log of a request can say of itself: never the draw, the calendar, or the state of a gateway. */
const unsaid = /^(draw$|time\.(hour|weekday)$|health\.|limits\.|budget\.|classifiers\.)/;

function column(name: string, type: ValueType, units: readonly Unit[] = []): CsvColumn {
  return { name, type, units };
}

function signalColumn({ name, valueType }: (typeof signalRegistry)[number]): CsvColumn {
  return column(name, valueType, name === 'time.at' ? ['iso', ...times] : []);
}

function usageUnits(name: string): readonly Unit[] {
  if (name === 'usage.input_tokens') return ['with_cache'];
  return name === 'usage.output_tokens' ? ['with_reasoning'] : [];
}

const all: readonly CsvColumn[] = [
  column('id', 'string'),
  column('model', 'string'),
  column('provider', 'string'),
  ...signalRegistry.filter(({ name }) => !unsaid.test(name)).map(signalColumn),
  ...Object.values(columnOfClass).map((name) => column(name, 'int', usageUnits(name))),
  column('usage.service_tier', 'string'),
  column('usage.region', 'string'),
  column('outcome.status', 'string'),
  column('outcome.error', 'string'),
  column('outcome.http_status', 'int'),
  column('cost.nano_usd', 'double', ['nano_usd', 'usd', 'cents']),
  column('latency.total_ms', 'double', times),
  column('latency.first_token_ms', 'double', times),
];

export const csvColumns: ReadonlyMap<string, CsvColumn> = new Map(all.map((one) => [one.name, one]));
export const csvColumnNames: readonly string[] = all.map(({ name }) => name);
