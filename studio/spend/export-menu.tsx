import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { spendExportPath } from '#server/contract/spend.ts';
import { adminHeaders } from '../client/admin-token.ts';
import { ApiFailure } from '../client/api-failure.ts';
import { tellFailure } from '../client/toasts.ts';
import { saveBlob } from '../look/save-file.ts';

/** Spend day by day as a file, for the period and the filters that are shown. */
export function ExportMenu({ query }: { readonly query: Readonly<Record<string, string | number>> }) {
  const save = (format: 'csv' | 'focus') =>
    void download(format, query).catch((error: unknown) => tellFailure('The export failed', error));
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} stroke={1.7} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save('csv')}>
          <strong>CSV</strong>
          <div className="wb-muted">Day, team, project, key, model; opens in any spreadsheet</div>
        </Menu.Item>
        <Menu.Item onClick={() => save('focus')}>
          <strong>FOCUS 1.2</strong>
          <div className="wb-muted">For cost management tools; real spend only</div>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function download(format: string, query: Readonly<Record<string, string | number>>): Promise<void> {
  const search = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  const response = await fetch(`${spendExportPath}?${search}`, { headers: adminHeaders() });
  if (!response.ok) throw new ApiFailure('refused', `The server answered with status ${response.status}.`);
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  saveBlob(await response.blob(), name ?? `waybill-${format}.csv`);
}
