import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type Role, type RoleGrant, roles } from '#server/contract/permissions.ts';
import { useTeams } from '../client/governance-queries.ts';
import styles from './people.module.css';
import { roleWords } from './role-words.ts';

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

/** Roles, each everywhere or in one team. */
export function GrantsField({
  grants,
  onChange,
}: {
  readonly grants: readonly RoleGrant[];
  readonly onChange: (grants: readonly RoleGrant[]) => void;
}) {
  return (
    <div className={styles.rows}>
      {grants.map((grant, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grant has no name of its own
        <div key={index} className={styles.row}>
          <GrantPicker
            grant={grant}
            number={index + 1}
            onChange={(next) => onChange(grants.with(index, next))}
          />
          <ActionIcon
            size={30}
            aria-label={`Take role ${index + 1} away`}
            onClick={() => onChange(grants.toSpliced(index, 1))}
          >
            <IconX size={15} stroke={1.7} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={() => onChange([...grants, { role: 'viewer', team: null }])}
        >
          Add a role
        </Button>
      </div>
    </div>
  );
}
