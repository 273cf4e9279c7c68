import { parsePath } from '#engine/plan/path-text.ts';
import styles from './look.module.css';

/** A path through a policy, step by step, as the log holds it. */
export function RouteText({ path }: { readonly path: string }) {
  const steps = parsePath(path);
  if (steps.length === 0) return <span className="wb-muted">no policy</span>;
  return (
    <span className={styles.route} title={path}>
      {steps.map(({ node, port, undetermined }) => (
        <span key={`${node}:${port ?? ''}`} className={styles['route-step']}>
          {node}
          {port === null ? null : (
            <span className={styles['route-port']}>
              :{port}
              {undetermined ? '?' : ''}
            </span>
          )}
        </span>
      ))}
    </span>
  );
}
