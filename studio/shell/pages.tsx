import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { usePolicies } from '../client/queries.ts';
import { PageSkeleton } from '../look/page-skeleton.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import styles from './shell.module.css';

const PoliciesPage = lazy(async () => ({
  default: (await import('../policies/policies-page.tsx')).PoliciesPage,
}));
const EditorPage = lazy(async () => ({ default: (await import('../editor/editor-page.tsx')).EditorPage }));
const WhatIfPage = lazy(async () => ({ default: (await import('../simulate/what-if-page.tsx')).WhatIfPage }));
const TrafficPage = lazy(async () => ({
  default: (await import('../traffic/traffic-page.tsx')).TrafficPage,
}));
const RequestPage = lazy(async () => ({
  default: (await import('../traffic/request-page.tsx')).RequestPage,
}));
const SpendPage = lazy(async () => ({ default: (await import('../spend/spend-page.tsx')).SpendPage }));
const BudgetsPage = lazy(async () => ({
  default: (await import('../budgets/budgets-page.tsx')).BudgetsPage,
}));
const ModelsPage = lazy(async () => ({ default: (await import('../models/models-page.tsx')).ModelsPage }));
const HealthPage = lazy(async () => ({ default: (await import('../health/health-page.tsx')).HealthPage }));
const PrivacyPage = lazy(async () => ({
  default: (await import('../privacy/privacy-page.tsx')).PrivacyPage,
}));
const ConnectPage = lazy(async () => ({
  default: (await import('../connect/connect-page.tsx')).ConnectPage,
}));
const TeamsPage = lazy(async () => ({ default: (await import('../teams/teams-page.tsx')).TeamsPage }));
const AuditPage = lazy(async () => ({ default: (await import('../audit/audit-page.tsx')).AuditPage }));
const ProvidersPage = lazy(async () => ({
  default: (await import('../providers/providers-page.tsx')).ProvidersPage,
}));

const RolloutsPage = lazy(async () => ({
  default: (await import('../publish/rollouts-page.tsx')).RolloutsPage,
}));

const VersionsPage = lazy(async () => ({
  default: (await import('../publish/versions-page.tsx')).VersionsPage,
}));
const PeoplePage = lazy(async () => ({ default: (await import('../people/people-page.tsx')).PeoplePage }));

/** Which page a path opens. Each page is its own chunk. */
export function Pages() {
  const [location] = useLocation();
  return (
    <ErrorBoundary place={location}>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/" component={FirstPage} />
          <Route path="/policies" component={PoliciesPage} />
          <Route path="/policies/:id/versions">{({ id }) => <VersionsPage key={id} id={id} />}</Route>
          <Route path="/policies/:id/versions/:version">
            {({ id, version }) => <EditorPage key={`${id}@${version}`} id={id} version={Number(version)} />}
          </Route>
          <Route path="/policies/:id">{({ id }) => <EditorPage key={id} id={id} version={null} />}</Route>
          <Route path="/rollouts" component={RolloutsPage} />
          <Route path="/what-if/:id?">{({ id }) => <WhatIfPage id={id ?? null} />}</Route>
          <Route path="/traffic" component={TrafficPage} />
          <Route path="/traffic/:id">{({ id }) => <RequestPage key={id} id={id} />}</Route>
          <Route path="/spend" component={SpendPage} />
          <Route path="/budgets/:id?">{({ id }) => <BudgetsPage id={id ?? null} />}</Route>
          <Route path="/models" component={ModelsPage} />
          <Route path="/health" component={HealthPage} />
          <Route path="/privacy" component={PrivacyPage} />
          <Route path="/connect" component={ConnectPage} />
          <Route path="/teams" component={TeamsPage} />
          <Route path="/people" component={PeoplePage} />
          <Route path="/providers" component={ProvidersPage} />
          <Route path="/audit" component={AuditPage} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

/** Fetched while the list of policies is: most first visits end in the editor. */
function useEditorAhead(): void {
  useEffect(() => {
    void import('../editor/editor-page.tsx');
  }, []);
}

/** The policy that answers for `auto`; without one, the list. */
function FirstPage() {
  useEditorAhead();
  const { data, isError } = usePolicies();
  if (isError) return <Redirect to="/policies" replace />;
  if (data === undefined) return <PageSkeleton />;
  const first = data.policies.find((policy) => policy.aliases.includes('auto')) ?? data.policies[0];
  return <Redirect to={first === undefined ? '/policies' : `/policies/${first.id}`} replace />;
}

function NotFound() {
  const [location] = useLocation();
  return (
    <section className={styles.missing}>
      <h1>Nothing is here</h1>
      <p>
        There is no page <code className="wb-code">{location}</code>.
      </p>
      <Button component={Link} href="/" variant="default" size="sm">
        To the studio
      </Button>
    </section>
  );
}
