import { Link } from 'wouter';
import type { PolicyUse } from '#server/contract/index.ts';
import styles from './publish.module.css';

/** `v3`, or what stands there instead. */
export function tellTaken({ version }: PolicyUse): string {
  return version === null ? 'as a draft' : `v${version}`;
}

/** Where a policy stands as a sub-policy: publishing it changes none of these. */
export function UsedIn({ uses, next }: { readonly uses: readonly PolicyUse[]; readonly next: number }) {
  if (uses.length === 0) return null;
  const [only] = uses;
  return (
    <section className={styles.changes} aria-label="Used in">
      <h3>
        Used in{' '}
        {uses.length === 1 ? 'another policy' : `${new Set(uses.map(({ policy }) => policy)).size} policies`}
      </h3>
      <p className="wb-muted">
        {uses.map((use, index) => (
          <span key={`${use.policy} ${use.version}`}>
            {index > 0 && ', '}
            <Link href={`/policies/${use.policy}`}>{use.name}</Link> ({tellTaken(use)})
          </span>
        ))}
        {only !== undefined && uses.length === 1 ? ' keeps its version' : ' keep their versions'} until
        version {next} is taken over there.
      </p>
    </section>
  );
}
