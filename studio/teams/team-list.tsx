import { Badge } from '@mantine/core';
import { useState } from 'react';
import type { TeamView } from '#server/contract/teams.ts';
import type { BudgetRow } from '../client/governance-queries.ts';
import { SearchField } from '../look/filters.tsx';
import { formatCount, plural } from '../look/format.ts';
import { finderOf, searchedFrom } from '../look/found-by.ts';
import { BudgetBar } from './budget-bar.tsx';
import { budgetsOfTeam } from './budgets-of.ts';
import styles from './teams.module.css';

interface Props {
  readonly teams: readonly TeamView[];
  readonly budgets: readonly BudgetRow[];
  readonly chosen: string | null;
  readonly onChoose: (team: string | null) => void;
}

/** Every team with its keys and tightest budget; one is chosen, or all. Many are searched. */
export function TeamList({ teams, budgets, chosen, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const isFound = finderOf(search);
  const found = teams.filter(({ id, name }) => id === chosen || isFound(`${id} ${name}`));
  const keys = teams.reduce((sum, team) => sum + team.keys, 0);
  return (
    <nav className={styles.teams} aria-label="Teams">
      {teams.length < searchedFrom ? null : (
        <div className={styles.find}>
          <SearchField
            aria-label="Search teams"
            placeholder={`Search ${plural(teams.length, 'team')}`}
            value={search}
            onSearch={setSearch}
          />
        </div>
      )}
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
      {found.map((team) => (
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
      {found.length === 0 ? <p className={styles.none}>No team fits.</p> : null}
    </nav>
  );
}
