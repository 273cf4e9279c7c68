import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { queryClient } from '../client/query-client.ts';
import { useSession } from '../client/session.ts';
import { useIsSignInAsked } from '../client/sign-in-again.ts';
import { useTrafficStream } from '../client/traffic-feed.ts';
import { resolveVariables, theme } from '../look/theme.ts';
import { signedInPath, signInPath } from '../people/return-path.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { Pages } from './pages.tsx';
import { PaletteDoor } from './palette-door.tsx';
import styles from './shell.module.css';

const SignInPage = lazy(async () => ({ default: (await import('../people/sign-in-page.tsx')).SignInPage }));
const InvitePage = lazy(async () => ({ default: (await import('../people/invite-page.tsx')).InvitePage }));
const SignedInPage = lazy(async () => ({
  default: (await import('../people/signed-in-page.tsx')).SignedInPage,
}));
const SignInDialog = lazy(async () => ({
  default: (await import('../people/sign-in-dialog.tsx')).SignInDialog,
}));

/** The studio: providers around the frame, the frame around the page. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
        <ModalsProvider labels={{ confirm: 'Confirm', cancel: 'Cancel' }}>
          <Notifications position="top-right" limit={3} autoClose={5_000} />
          <Entry />
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}

/** The rooms before the studio, and the studio for whoever is let in. */
function Entry() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/sign-in" component={SignInPage} />
        <Route path={signedInPath} component={SignedInPage} />
        <Route path="/invite/:token">{({ token }) => <InvitePage token={token} />}</Route>
        <Route>
          <LetIn>
            <Frame />
          </LetIn>
        </Route>
      </Switch>
    </Suspense>
  );
}

/** Nothing is asked of the server before it is known who asks. Without an answer the frame says what is wrong. */
function LetIn({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const [location] = useLocation();
  const isAsked = useIsSignInAsked();
  const [isAnswered, setAnswered] = useState(false);
  // Asking again after a failure does not take away what is shown.
  if (!isAnswered && !session.isPending) setAnswered(true);
  if (!isAnswered) return null;
  if (session.data?.state === 'signed_out') {
    return <Redirect to={signInPath(`${location}${window.location.search}`)} replace />;
  }
  return (
    <>
      {children}
      {isAsked ? (
        <Suspense fallback={null}>
          <SignInDialog />
        </Suspense>
      ) : null}
    </>
  );
}

function Frame() {
  useTrafficStream();
  return (
    <div className={styles.frame}>
      <a className="wb-skip" href="#main">
        Skip to content
      </a>
      <NavigationRail />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Pages />
      </main>
      <ConnectionNotice />
      <PaletteDoor />
    </div>
  );
}
