import { Badge } from '@mantine/core';
import type { TeamView } from '#server/contract/teams.ts';
import type { BudgetRow } from '../client/governance-queries.ts';
import { formatCount, plural } from '../look/format.ts';
import { BudgetBar } from './budget-bar.tsx';
import { budgetsOfTeam } from './budgets-of.ts';
import styles from './teams.module.css';

interface Props {
  readonly teams: readonly TeamView[];
  readonly budgets: readonly BudgetRow[];
  readonly chosen: string | null;
  readonly onChoose: (team: string | null) => void;
}

/** Every team with its keys and tightest budget; one is chosen, or all. */
export function TeamList({ teams, budgets, chosen, onChoose }: Props) {
  const keys = teams.reduce((sum, team) => sum + team.keys, 0);
  return (
    <nav className={styles.teams} aria-label="Teams">
      <button
        type="button"
        className={styles.team}
        aria-current={chosen === null}
        onClick={() => onChoose(null)}
      >
        <span className={styles.line}>
          <strong>All teams</strong>
          <span className="wb-muted">{plural(keys, 'key')}</span>
        </span>
      </button>
      {teams.map((team) => (
        <button
          key={team.id}
          type="button"
          className={styles.team}
          aria-current={chosen === team.id}
          onClick={() => onChoose(team.id)}
        >
          <span className={styles.line}>
            <strong>{team.name}</strong>
            {team.archivedAt === null ? null : (
              <Badge size="xs" color="gray">
                archived
              </Badge>
            )}
            {team.origin === 'file' ? (
              <Badge size="xs" color="gray">
                by file
              </Badge>
            ) : null}
            <span className={styles.count}>
              <span aria-hidden="true">{formatCount(team.keys)}</span>
              <span className="wb-hidden">{plural(team.keys, 'key')}</span>
            </span>
          </span>
          {budgetsOfTeam(budgets, team.id)
            .slice(0, 1)
            .map((budget) => (
              <BudgetBar key={budget.id} budget={budget} />
            ))}
        </button>
      ))}
    </nav>
  );
}
