import type { ModelRow } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import { formatPrice, formatTokens } from '../look/format.ts';
import styles from './inspector.module.css';
import { ModelPicker } from './model-picker.tsx';
import { settingOf, type WidgetProps } from './widget.ts';

/** The model a node calls, and what is known of it. */
export function ModelWidget({ node, field, readOnly, set }: WidgetProps) {
  const { byId } = useModels();
  const value = String(settingOf(node, field.name) ?? '');
  return (
    <>
      <ModelPicker field={field} value={value} readOnly={readOnly} onModel={(next) => set(next)} />
      <ModelFacts model={byId.get(value)} />
    </>
  );
}

function ModelFacts({ model }: { readonly model: ModelRow | undefined }) {
  if (model === undefined) return null;
  const served = { provider: 'your provider', sandbox: 'the sandbox', none: 'nobody here' }[model.served];
  const facts: readonly (readonly [string, string])[] = [
    ['Input, cached input', `${formatPrice(model.priceInput)}, ${formatPrice(model.priceCacheRead)}`],
    ['Output', formatPrice(model.priceOutput)],
    ['Context, longest answer', `${formatTokens(model.context)}, ${formatTokens(model.maxOutput)}`],
    ['Reads', model.input.join(', ')],
    ['Tools, reasoning', `${yesNo(model.tools)}, ${yesNo(model.reasoning)}`],
    ['Served by', served],
  ];
  return (
    <dl className={styles.facts} style={{ marginTop: 8, fontSize: 12 }}>
      {facts.map(([name, text]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd className="wb-number">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function yesNo(value: boolean | null): string {
  return value === null ? '–' : value ? 'yes' : 'no';
}
