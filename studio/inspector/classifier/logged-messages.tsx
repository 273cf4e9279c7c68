import { Button, Menu } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../client/call-api.ts';
import { Failure } from '../../look/feedback.tsx';

/**
 * Takes messages out of the log, for teams that keep their texts. Not there for who may not read texts, nor where no team
 * keeps any.
 */
export function LoggedMessages({ onText }: { readonly onText: (text: string) => void }) {
  const [error, setError] = useState<Error | null>(null);
  const { data } = useQuery({
    queryKey: ['kept-texts'],
    queryFn: ({ signal }) => callApi('listKeptTexts', { query: {} }, signal),
    retry: false,
  });
  const teams = data?.teams ?? [];
  if (teams.length === 0) return null;

  async function take(team: string): Promise<void> {
    try {
      const { texts } = await callApi('listKeptTexts', { query: { team } });
      setError(null);
      // JSON Lines, since a message may have several lines.
      onText(texts.map(({ text }) => JSON.stringify({ text })).join('\n'));
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }

  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDatabase size={14} />}>
            From the log…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Teams that keep their texts; the audit notes who reads them</Menu.Label>
          {teams.map((team) => (
            <Menu.Item key={team} onClick={() => void take(team)}>
              {team}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {error !== null && <Failure error={error} onRetry={() => setError(null)} />}
    </>
  );
}
