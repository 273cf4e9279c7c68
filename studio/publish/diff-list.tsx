import { type NodeChange, nameOfChange, type PolicyDiff } from '#engine/policy/diff/index.ts';
import { KindIcon } from '../canvas/kind-icon.tsx';
import { titleIn } from '../document/index.ts';
import { Status } from '../look/status.tsx';
import { type ChangeLine, kindOfChange, linesOfNode, linesOfPolicy, type Sides } from './change-lines.ts';
import { changeWords } from './change-words.ts';
import styles from './publish.module.css';

interface Props {
  readonly diff: PolicyDiff;
  readonly sides: Sides;
  /** Brings a node of the drawing beside into view. */
  readonly onShow?: (id: string) => void;
}

/** Node by node what was added, removed, changed and led elsewhere, with the old and the new value. */
export function DiffList({ diff, sides, onShow }: Props) {
  const ofPolicy = linesOfPolicy(diff, sides);
  return (
    <ul className={styles.list} aria-label="What differs">
      {ofPolicy.length === 0 ? null : (
        <li className={styles.node}>
          <div className={styles.head}>
            <strong>The policy</strong>
          </div>
          <Lines lines={ofPolicy} />
        </li>
      )}
      {diff.nodes.map((change) => (
        <Node key={change.id} change={change} sides={sides} onShow={onShow} />
      ))}
    </ul>
  );
}

function Node({
  change,
  sides,
  onShow,
}: { readonly change: NodeChange } & Pick<Props, 'sides'> & { readonly onShow: Props['onShow'] }) {
  const kind = kindOfChange(change);
  const face = change.after ?? change.before;
  const { text, tone } = changeWords[kind];
  const title = titleIn(change.after === null ? sides.before : sides.after, change.id);
  const lines = linesOfNode(change, sides);
  return (
    <li className={styles.node} data-kind={kind}>
      <div className={styles.head}>
        {face === null ? null : <KindIcon kind={face.kind} size={22} />}
        {onShow === undefined ? (
          <strong>{title}</strong>
        ) : (
          <button type="button" className={styles.show} onClick={() => onShow(change.id)}>
            {title}
            <span className="wb-hidden"> on the drawing</span>
          </button>
        )}
        <code>{nameOfChange(change) === change.id || title !== change.id ? change.id : ''}</code>
        <Status tone={tone}>{text}</Status>
      </div>
      {lines.length === 0 ? null : <Lines lines={lines} />}
    </li>
  );
}

function Lines({ lines }: { readonly lines: readonly ChangeLine[] }) {
  return (
    <dl className={styles.fields}>
      {lines.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {before === null ? <span className="wb-muted">not set</span> : <del>{before}</del>}
            <span aria-hidden="true"> → </span>
            {after === null ? <span className="wb-muted">not set</span> : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
