import type { PolicyNode } from '#engine/nodes/index.ts';
import type { ModelRow } from '../../client/queries.ts';
import { useModels } from '../../client/use-models.ts';
import { matchPool } from '../../document/index.ts';
import { plural } from '../../look/format.ts';
import inspector from '../inspector.module.css';
import { NumberSetting } from '../simple-widgets.tsx';
import type { WidgetProps } from '../widget.ts';

type Floors = NonNullable<Extract<PolicyNode, { kind: 'pool' }>['floors']>;

/** What a candidate must reach; each may be left empty. */
export function FloorsWidget({ node, field, readOnly, change }: WidgetProps) {
  const { byId } = useModels();
  if (node.kind !== 'pool') return null;
  const floors = node.floors ?? {};
  const set = (next: Floors, burst: string): void => {
    const isEmpty = Object.values(next).every((value) => value === undefined);
    change((now) => (now.kind === 'pool' ? { ...now, floors: isEmpty ? undefined : next } : now), { burst });
  };
  const errorPercent =
    floors.error_rate === undefined ? undefined : Math.round(floors.error_rate * 1_000) / 10;
  return (
    <fieldset className={inspector.group}>
      <legend className={inspector.caption}>{field.label}</legend>
      <div className={inspector.labels}>
        <NumberSetting
          field={{ label: 'Quality at least', min: 0, max: 100, placeholder: 'any (0–100)' }}
          value={floors.quality}
          readOnly={readOnly}
          onValue={(quality) => set({ ...floors, quality }, 'quality')}
        />
        <NumberSetting
          field={{ label: 'Errors at most', unit: '%', min: 0, max: 100, step: 0.5, placeholder: 'any (%)' }}
          value={errorPercent}
          readOnly={readOnly}
          onValue={(percent) =>
            set({ ...floors, error_rate: percent === undefined ? undefined : percent / 100 }, 'error_rate')
          }
        />
        <NumberSetting
          field={{ label: 'First token within', unit: 'ms', min: 1, step: 100, placeholder: 'any (ms)' }}
          value={floors.first_token_ms}
          readOnly={readOnly}
          onValue={(first_token_ms) => set({ ...floors, first_token_ms }, 'first_token_ms')}
        />
        <NumberSetting
          field={{ label: 'Speed at least', unit: 'tokens/s', min: 0, placeholder: 'any (tokens/s)' }}
          value={floors.tokens_per_second}
          readOnly={readOnly}
          onValue={(tokens_per_second) => set({ ...floors, tokens_per_second }, 'tokens_per_second')}
        />
      </div>
      {floors.quality !== undefined && byId.size > 0 && (
        <span className={inspector.help} role="status">
          {leftBy(floors.quality, matchPool(node.candidates, byId).ids, byId)}
        </span>
      )}
      {field.help !== undefined && <span className={inspector.help}>{field.help}</span>}
    </fieldset>
  );
}

/** “Quality 60 leaves 5 of 14 models; of 3 it is unknown, which counts as below.” */
function leftBy(floor: number, ids: readonly string[], models: ReadonlyMap<string, ModelRow>): string {
  const qualities = ids.map((id) => models.get(id)?.quality ?? null);
  const left = qualities.filter((quality) => quality !== null && quality >= floor).length;
  const unknown = qualities.filter((quality) => quality === null).length;
  const doubt = unknown === 0 ? '' : `; of ${unknown} it is unknown, which counts as below`;
  return `Quality ${floor} leaves ${left} of ${plural(ids.length, 'model')}${doubt}.`;
}
