import type { ReactNode } from 'react';
import type { ModelDetail } from '#server/contract/models.ts';
import { formatCount, formatDuration } from '../look/format.ts';
import styles from './models.module.css';

/** Everything that is known of a model, each figure with who says so. */
export function ModelFacts({ model }: { readonly model: ModelDetail }) {
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Provider', model.provider],
    ['Family', model.family === 'unknown' ? unknown : model.family],
    ['Context', model.context === null ? unknown : `${formatCount(model.context)} tokens`],
    ['Longest answer', model.maxOutput === null ? unknown : `${formatCount(model.maxOutput)} tokens`],
    ['Reads', model.input.join(', ')],
    ['Answers in', model.output.length === 0 ? 'vectors' : model.output.join(', ')],
    ['Tools', yesNo(model.tools)],
    ['Reasoning', yesNo(model.reasoning)],
    ['JSON schema', yesNo(model.jsonSchema)],
    ['Prompt cache', model.caching ?? unknown],
    ['Speed', <Speed key="speed" speed={model.speed} />],
    ['Quality', <Quality key="quality" quality={model.qualityOf} />],
    ['Keeps requests', retention[model.retention]],
    ['Dialects', model.dialects.length === 0 ? unknown : model.dialects.join(', ')],
    ['Tokenizer', model.tokenizer ?? unknown],
    ['Also called', model.aliases.length === 0 ? 'nothing else' : <Aliases key="a" ids={model.aliases} />],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const unknown = <span className="wb-muted">unknown</span>;
const retention = {
  zero: 'never',
  retains: 'yes',
  unknown: <span className="wb-muted">unknown: counts as keeping</span>,
} as const;

function yesNo(value: boolean | null): ReactNode {
  if (value === null) return unknown;
  return value ? 'yes' : 'no';
}

function Speed({ speed }: Pick<ModelDetail, 'speed'>) {
  if (speed === null) return unknown;
  const { tokensPerSecond, firstTokenMs, source } = speed;
  return (
    <Sourced source={source}>
      {tokensPerSecond === null ? '' : `${Math.round(tokensPerSecond)} tokens a second`}
      {tokensPerSecond !== null && firstTokenMs !== null ? ', ' : ''}
      {firstTokenMs === null ? '' : `first token after ${formatDuration(firstTokenMs)}`}
    </Sourced>
  );
}

function Quality({ quality }: { readonly quality: ModelDetail['qualityOf'] }) {
  if (quality === null) return unknown;
  return <Sourced source={quality.source}>{`${quality.index} of 100`}</Sourced>;
}

function Sourced({ source, children }: { readonly source: string; readonly children: ReactNode }) {
  return (
    <>
      {children}
      <span className={styles.source}>{source}</span>
    </>
  );
}

function Aliases({ ids }: { readonly ids: readonly string[] }) {
  return (
    <span className={styles.nodes}>
      {ids.map((id) => (
        <code key={id}>{id}</code>
      ))}
    </span>
  );
}
