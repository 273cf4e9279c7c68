import type { RoleGrant } from '#server/contract/permissions.ts';
import { initialsOf } from './initials.ts';
import styles from './people.module.css';

/** Somebody's initials. */
export function Face({ name }: { readonly name: string }) {
  return (
    <span className={styles.face} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** Roles, each with where it holds. */
export function Grants({ grants }: { readonly grants: readonly RoleGrant[] }) {
  if (grants.length === 0) return <span className="wb-muted">no role</span>;
  return (
    <span className={styles.grants}>
      {grants.map(({ role, team }) => (
        <span key={`${role} ${team ?? ''}`} className={styles.grant}>
          {role}
          {team === null ? '' : <span className="wb-muted"> of {team}</span>}
        </span>
      ))}
    </span>
  );
}
