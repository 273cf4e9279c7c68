import { TextInput } from '@mantine/core';
import type { ModelRow } from '../../client/queries.ts';
import { formatPrice } from '../../look/format.ts';
import inspector from '../inspector.module.css';
import { Remove } from '../list-buttons.tsx';
import { modelFactsText } from '../model-facts-text.ts';
import { useDraft } from '../use-draft.ts';
import styles from './pool.module.css';
import { reachTextBriefly } from './reach-text.ts';

/** One name or pattern of a pool, and what it stands for. */
export function CandidateLine({
  pattern,
  index,
  ids,
  models,
  readOnly,
  onPattern,
  onRemove,
}: {
  readonly pattern: string;
  readonly index: number;
  readonly ids: readonly string[];
  readonly models: ReadonlyMap<string, ModelRow>;
  readonly readOnly: boolean;
  readonly onPattern: (text: string) => boolean;
  readonly onRemove: () => void;
}) {
  const draft = useDraft(pattern, (text) => onPattern(text.trim()));
  return (
    <>
      <div className={inspector.line}>
        <TextInput
          className={inspector.grow ?? ''}
          classNames={{ input: styles.pattern ?? '' }}
          aria-label={`Candidate ${index + 1}`}
          spellCheck={false}
          value={draft.text}
          readOnly={readOnly}
          error={draft.isRefused && 'A model or a pattern, such as openai/gpt-*.'}
          onChange={(event) => draft.onText(event.currentTarget.value)}
          onBlur={draft.onLeave}
        />
        {!readOnly && <Remove label={`Remove candidate ${index + 1}`} onClick={onRemove} />}
      </div>
      {models.size > 0 && ids.length > 0 && (
        <span className={styles.hint}>{hintFor(pattern, ids, models)}</span>
      )}
    </>
  );
}

function hintFor(pattern: string, ids: readonly string[], models: ReadonlyMap<string, ModelRow>): string {
  if (!pattern.includes('*')) {
    const model = models.get(pattern);
    if (model === undefined) return 'Not in the catalogue';
    return `${modelFactsText(model)}${model.served === 'none' ? ' · no key here' : ''}`;
  }
  const prices = ids.flatMap((id) => models.get(id)?.priceInput ?? []);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const range =
    prices.length === 0
      ? ''
      : ` · ${least === most ? formatPrice(least) : `${formatPrice(least)}–${formatPrice(most)}`} in`;
  return `${reachTextBriefly(ids, models)}${range}`;
}
