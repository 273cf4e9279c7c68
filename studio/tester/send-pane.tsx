import { Button, Group, Select } from '@mantine/core';
import { IconPlayerStop, IconSend } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { parsePath } from '#engine/plan/path-text.ts';
import type { GatewayAnswer } from '../client/ask-gateway.ts';
import { useGatewayKey } from '../client/gateway-key.ts';
import { usePolicies } from '../client/queries.ts';
import { useGatewayRequest } from '../client/use-gateway-request.ts';
import { PasteKey } from '../connect/test-request.tsx';
import { useEditorStore } from '../editor/editor-state.ts';
import { GatewayAnswerView } from './gateway-answer.tsx';
import { bodyOf, readBodyText } from './request-draft.ts';
import styles from './tester.module.css';
import type { TesterState, TesterStore } from './tester-state.ts';

/** The same request for real, through the gateway: served by what is published, not by the draft. */
export function SendPane({ store, policyId }: { readonly store: TesterStore; readonly policyId: string }) {
  const editor = useEditorStore();
  const key = useGatewayKey();
  const names = useModelNames(policyId);
  const [chosen, setChosen] = useState<string | null>(null);
  const model = chosen ?? names[0] ?? null;
  const tester = useStore(store);
  const light = useCallback(
    ({ headers: { path } }: GatewayAnswer) => {
      if (path !== null) editor.setState({ highlight: { path: parsePath(path), source: 'record' } });
    },
    [editor],
  );
  const { phase, send, stop } = useGatewayRequest(light);
  const body = bodyToSend(tester);
  const isRunning = phase.kind === 'running';
  return (
    <section className={styles.pane} aria-label="Send for real">
      <h3 className={styles.heading}>Send for real</h3>
      {model === null ? (
        <p className="wb-muted">Publish this policy first; then requests can be sent to it.</p>
      ) : (
        <>
          <Group gap="xs" wrap="nowrap" align="end">
            <Select
              style={{ flex: 1 }}
              label="Through the gateway, as model"
              data={[...names]}
              value={model}
              allowDeselect={false}
              onChange={setChosen}
            />
            {isRunning ? (
              <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={stop}>
                Stop
              </Button>
            ) : (
              <Button
                variant="default"
                leftSection={<IconSend size={14} stroke={1.7} />}
                disabled={key === null || body === null}
                onClick={() => {
                  if (key !== null && body !== null)
                    void send({ dialect: tester.dialect, key, body: { ...body, model } });
                }}
              >
                Send
              </Button>
            )}
          </Group>
          {key === null ? <PasteKey /> : null}
          {tester.mode === 'logged' ? (
            <p className="wb-muted">A logged request has no text to send. Write one instead.</p>
          ) : null}
          {phase.kind === 'idle' ? (
            <p className="wb-muted">
              The published version answers, not the draft. The answer streams in here.
            </p>
          ) : (
            <GatewayAnswerView
              text={phase.text}
              answer={phase.kind === 'done' ? phase.answer : null}
              error={phase.kind === 'broken' ? phase.error : null}
            />
          )}
        </>
      )}
    </section>
  );
}

function bodyToSend(tester: TesterState): Readonly<Record<string, unknown>> | null {
  if (tester.mode === 'logged') return null;
  if (tester.mode === 'form') return bodyOf(tester.form, tester.dialect);
  const read = readBodyText(tester.bodyText);
  return read.kind === 'ok' ? read.body : null;
}

/** What this policy can be asked for as; nothing before it is published. */
function useModelNames(policyId: string): readonly string[] {
  const { data } = usePolicies();
  const policy = data?.policies.find((one) => one.id === policyId);
  if (policy === undefined || policy.published === null) return [];
  return [`policy/${policyId}`, ...policy.aliases.filter((alias) => !alias.includes('*'))];
}
