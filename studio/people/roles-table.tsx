import { IconCheck } from '@tabler/icons-react';
import { roles } from '#server/contract/permissions.ts';
import { Card } from '../look/page.tsx';
import { Scrollable } from '../look/scrollable.tsx';
import styles from './people.module.css';
import { permissionWords, roleTable, roleWords } from './role-words.ts';

/** What each role may do, from the table that the server holds everybody to. */
export function RolesTable() {
  return (
    <Card title="What each role may do" padded={false}>
      <Scrollable className={styles.scroll} aria-label="What each role may do">
        <table className={styles.roles}>
          <thead>
            <tr>
              <th scope="col">
                <span className="wb-hidden">Permission</span>
              </th>
              {roles.map((role) => (
                <th key={role} scope="col" title={roleWords[role]}>
                  {role}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {roleTable.map(({ permission, held }) => (
              <tr key={permission}>
                <th scope="row">{permissionWords[permission]}</th>
                {roles.map((role) => (
                  <td key={role}>
                    {held.includes(role) ? (
                      <>
                        <IconCheck size={15} stroke={2} aria-hidden="true" />
                        <span className="wb-hidden">yes</span>
                      </>
                    ) : (
                      <span className="wb-hidden">no</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </Card>
  );
}
