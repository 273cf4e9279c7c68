import { ActionIcon, Button, FileButton, Tooltip } from '@mantine/core';
import { IconDownload, IconIndentIncrease, IconUpload } from '@tabler/icons-react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { tellFailure } from '../client/toasts.ts';
import { useDocument } from '../document/index.ts';
import { Copy } from '../look/code-block.tsx';
import { Status } from '../look/status.tsx';
import styles from './json.module.css';
import type { Session, Standing } from './open-session.ts';
import { formatText } from './text-session.ts';

interface Props {
  readonly problems: readonly Diagnostic[];
  readonly standing: Standing;
  readonly session: Session | null;
  readonly readOnly: boolean;
}

/** How the text stands to the drawing, its first problem, and its ways in and out. */
export function JsonStatus({ problems, standing, session, readOnly }: Props) {
  const id = useDocument((state) => state.policy.id);
  return (
    <div className={styles.bar}>
      <span className={styles.standing} role="status">
        <StandingNote standing={standing} />
      </span>
      {standing === 'same' || session === null ? null : (
        <Button size="compact-xs" variant="default" onClick={session.revert}>
          Take the canvas
        </Button>
      )}
      <FirstProblem problems={problems} session={session} />
      <span className={styles.tools}>
        {session === null || readOnly ? null : (
          <Tooltip label="Format">
            <ActionIcon
              size="sm"
              aria-label="Format"
              onClick={() => session.replaceText(formatText(session.text()))}
            >
              <IconIndentIncrease size={15} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        {session === null ? null : <CopyText session={session} />}
        <Tooltip label="Download">
          <ActionIcon
            size="sm"
            aria-label="Download"
            onClick={() => session !== null && download(`${id}.policy.json`, session.text())}
          >
            <IconDownload size={15} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        {readOnly ? null : (
          <FileButton accept="application/json,.json" onChange={(file) => void upload(file, session)}>
            {(props) => (
              <Tooltip label="Upload a file in its place">
                <ActionIcon size="sm" aria-label="Upload a file in its place" {...props}>
                  <IconUpload size={15} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            )}
          </FileButton>
        )}
      </span>
    </div>
  );
}

function StandingNote({ standing }: { readonly standing: Standing }) {
  switch (standing) {
    case 'same':
      return <Status tone="good">Text and canvas say the same</Status>;
    case 'broken':
      return <Status tone="bad">Canvas shows the last valid state</Status>;
    case 'behind':
      return <Status tone="warn">The canvas has changed meanwhile</Status>;
  }
}

function FirstProblem({ problems, session }: Pick<Props, 'problems' | 'session'>) {
  const first = problems.find((one) => one.severity === 'error') ?? problems[0];
  if (first === undefined) return <span className={styles.problem} />;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return (
    <button
      type="button"
      className={styles.problem}
      title={first.message}
      onClick={() => session?.goTo(first)}
    >
      {first.line === undefined ? '' : `Line ${first.line}: `}
      {first.message}
      {more}
    </button>
  );
}

function CopyText({ session }: { readonly session: Session }) {
  const policy = useDocument((state) => state.policy);
  // Read anew with each edit, so that what is copied is what is shown.
  return <Copy key={policy.name} text={session.text()} label="Copy the text" />;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

async function upload(file: File | null, session: Session | null): Promise<void> {
  if (file === null || session === null) return;
  try {
    session.replaceText(await file.text());
  } catch (error) {
    tellFailure(`${file.name} was not read`, error);
  }
}
