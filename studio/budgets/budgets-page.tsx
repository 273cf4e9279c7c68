import { Badge, Button, Skeleton } from '@mantine/core';
import { IconPigMoney, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type Budget, useBudgets } from '../client/spend-queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { FilterRow, FoundCount, SearchField } from '../look/filters.tsx';
import { formatMoney, formatShare, plural } from '../look/format.ts';
import { finderOf, searchedFrom } from '../look/found-by.ts';
import { Money } from '../look/money.tsx';
import { Card, Page } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { May } from '../people/may.tsx';
import { AlertsSection } from './alerts-section.tsx';
import { BudgetDrawer } from './budget-drawer.tsx';
import { BudgetFormDialog } from './budget-form.tsx';
import { BudgetMeter } from './budget-meter.tsx';
import { scopeName, usedShare, windowName } from './budget-words.ts';
import styles from './budgets.module.css';

/** Every budget with how it stands, and who is told when it runs out. */
export function BudgetsPage({ id }: { readonly id: string | null }) {
  const [, navigate] = useLocation();
  const [making, setMaking] = useState(false);
  const [search, setSearch] = useState('');
  const budgets = useBudgets();
  const rows = (budgets.data?.budgets ?? []).toSorted((a, b) => (usedShare(b) ?? -1) - (usedShare(a) ?? -1));
  const isFound = finderOf(search);
  const found = rows.filter((one) => isFound(`${one.id} ${scopeName(one)} ${windowName(one)}`));
  return (
    <Page
      title="Budgets"
      summary="What may be spent in a window of time. A request counts for all budgets it falls under at once."
      actions={
        <May needs="budgets.manage">
          <Button leftSection={<IconPlus size={14} stroke={2} />} onClick={() => setMaking(true)}>
            New budget
          </Button>
        </May>
      }
    >
      {budgets.isError ? <Failure error={budgets.error} onRetry={() => void budgets.refetch()} /> : null}
      {budgets.isPending ? <Skeleton height={240} radius="md" /> : null}
      {budgets.isSuccess && rows.length === 0 ? (
        <Card padded={false}>
          <Empty
            icon={IconPigMoney}
            title="There is no budget yet"
            action={
              <May needs="budgets.manage">
                <Button variant="default" onClick={() => setMaking(true)}>
                  Make the first one
                </Button>
              </May>
            }
          >
            A budget caps what a team, a project, a key, a tag, a model or everybody may spend in an hour up
            to a year. A soft one tells; a hard one refuses.
          </Empty>
        </Card>
      ) : null}
      {rows.length === 0 ? null : (
        <Card padded={false}>
          {rows.length < searchedFrom ? null : (
            <FilterRow>
              <SearchField
                aria-label="Search budgets"
                placeholder="Id, team, project, key, tag, model or window"
                value={search}
                onSearch={setSearch}
              />
              <FoundCount>{plural(found.length, 'budget')}</FoundCount>
            </FilterRow>
          )}
          {found.length === 0 ? (
            <Empty icon={IconPigMoney} title="No budget fits" isSmall>
              Search for another word.
            </Empty>
          ) : (
            <DataTable
              label="Budgets"
              columns={columns}
              rows={found}
              keyOf={(budget) => budget.id}
              onOpen={(budget) => navigate(`/budgets/${encodeURIComponent(budget.id)}`)}
            />
          )}
        </Card>
      )}
      <AlertsSection budgets={rows.map((budget) => budget.id)} />
      <BudgetDrawer
        budget={rows.find((budget) => budget.id === id) ?? null}
        onClose={() => navigate('/budgets')}
      />
      <BudgetFormDialog opened={making} known={null} onClose={() => setMaking(false)} />
    </Page>
  );
}

const columns: readonly Column<Budget>[] = [
  {
    key: 'id',
    head: 'Budget',
    width: '26%',
    cell: (budget) => (
      <div className={styles.name}>
        <strong>{budget.id}</strong>
        <div className="wb-muted">{scopeName(budget)}</div>
      </div>
    ),
  },
  {
    key: 'kind',
    head: 'When it is used up',
    cell: ({ enforcement, origin }) => (
      <>
        {enforcement === 'hard' ? 'refuses' : 'tells only'}{' '}
        {origin === 'file' ? <Badge color="gray">from the config file</Badge> : null}
      </>
    ),
  },
  { key: 'meter', head: 'Used', width: '22%', cell: (budget) => <BudgetMeter budget={budget} /> },
  { key: 'share', head: 'Share', align: 'right', cell: (budget) => formatShare(usedShare(budget)) },
  {
    key: 'spent',
    head: 'Spent',
    align: 'right',
    cell: ({ spentNanoUsd }) => <Money nanoUsd={spentNanoUsd} />,
  },
  {
    key: 'left',
    head: 'Left',
    align: 'right',
    cell: ({ spentNanoUsd, limitNanoUsd }) =>
      spentNanoUsd === null ? '–' : formatMoney(Math.max(0, limitNanoUsd - spentNanoUsd)),
  },
  {
    key: 'limit',
    head: 'Limit',
    align: 'right',
    cell: (budget) => (
      <>
        {formatMoney(budget.limitNanoUsd)}
        <div className="wb-muted">{windowName(budget)}</div>
      </>
    ),
  },
];
