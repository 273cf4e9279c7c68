import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { queryClient } from '../client/query-client.ts';
import { useTrafficStream } from '../client/traffic-feed.ts';
import { resolveVariables, theme } from '../look/theme.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { Pages } from './pages.tsx';
import { PaletteDoor } from './palette-door.tsx';
import styles from './shell.module.css';

/** The studio: providers around the frame, the frame around the page. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
        <ModalsProvider labels={{ confirm: 'Confirm', cancel: 'Cancel' }}>
          <Notifications position="top-right" limit={3} autoClose={5_000} />
          <Frame />
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
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
