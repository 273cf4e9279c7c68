import { Select } from '@mantine/core';
import { type Role, type RoleGrant, roles } from '#server/contract/permissions.ts';
import { useTeams } from '../client/governance-queries.ts';
import styles from './people.module.css';
import { roleWords } from './role-words.ts';
import { RowsField } from './rows-field.tsx';

const everywhere = '*';

/** What a role may be held in: everywhere, or one of the teams. */
export function useTeamOptions() {
  const teams = useTeams();
  return [
    { value: everywhere, label: 'Everywhere' },
    ...(teams.data?.teams ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
}

const roleOptions = [...roles];

function isRole(text: string | null): text is Role {
  return roles.some((role) => role === text);
}

function RoleOption({ role }: { readonly role: string }) {
  return (
    <span className={styles.option}>
      {role}
      {isRole(role) ? <span className="wb-muted">{roleWords[role]}</span> : null}
    </span>
  );
}

/** One role and where it holds. */
export function GrantPicker({
  grant,
  onChange,
  number,
}: {
  readonly grant: RoleGrant;
  readonly onChange: (grant: RoleGrant) => void;
  readonly number: number;
}) {
  const teams = useTeamOptions();
  return (
    <>
      <Select
        aria-label={`Role ${number}`}
        allowDeselect={false}
        data={roleOptions}
        renderOption={({ option }) => <RoleOption role={option.value} />}
        comboboxProps={{ width: 320, position: 'bottom-start' }}
        value={grant.role}
        onChange={(role) => isRole(role) && onChange({ ...grant, role })}
      />
      <Select
        aria-label={`Where role ${number} holds`}
        allowDeselect={false}
        data={withTeam(teams, grant.team)}
        value={grant.team ?? everywhere}
        onChange={(team) => onChange({ ...grant, team: team === everywhere ? null : team })}
      />
    </>
  );
}

/** A team that this person may not see, or that is gone, still shows. */
function withTeam(teams: ReturnType<typeof useTeamOptions>, team: string | null) {
  const isListed = team === null || teams.some(({ value }) => value === team);
  return isListed ? teams : [...teams, { value: team, label: team }];
}

const reader: RoleGrant = { role: 'viewer', team: null };

/** Roles, each everywhere or in one team. */
export function GrantsField({
  grants,
  onChange,
}: {
  readonly grants: readonly RoleGrant[];
  readonly onChange: (grants: readonly RoleGrant[]) => void;
}) {
  return (
    <RowsField rows={grants} onChange={onChange} noun="role" blank={reader} className={styles.row}>
      {(grant, onGrant, number) => <GrantPicker grant={grant} number={number} onChange={onGrant} />}
    </RowsField>
  );
}
