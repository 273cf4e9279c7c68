import { Button, Group, PasswordInput, Stack, Textarea } from '@mantine/core';
import { IconArrowUpRight, IconPlayerStop, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { keepGatewayKey, useGatewayKey } from '../client/gateway-key.ts';
import { useGatewayRequest } from '../client/use-gateway-request.ts';
import { Card } from '../look/page.tsx';
import { RouteText } from '../look/route-text.tsx';
import { GatewayAnswerView } from '../tester/gateway-answer.tsx';

/** Sends a real request through the gateway and shows what came back and which way it went. */
export function TestRequest({ model }: { readonly model: string }) {
  const key = useGatewayKey();
  const [message, setMessage] = useState('Write a haiku about parcels finding their way.');
  const { phase, send, stop } = useGatewayRequest();
  const isRunning = phase.kind === 'running';
  const answer = phase.kind === 'done' ? phase.answer : null;
  const start = () => {
    if (key === null || isRunning || message.trim() === '') return;
    void send({
      dialect: 'openai-chat',
      key,
      body: { model, messages: [{ role: 'user', content: message }] },
    });
  };
  return (
    <Card title="2. Send a test request">
      <Stack gap="sm">
        <Textarea
          label={`Message to ${model}`}
          autosize
          minRows={2}
          maxRows={6}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) start();
          }}
        />
        {key === null ? <PasteKey /> : null}
        <Group gap="xs">
          <Button
            leftSection={<IconSend size={14} stroke={1.8} />}
            onClick={start}
            disabled={key === null || isRunning}
          >
            Send a test request
          </Button>
          {isRunning ? (
            <Button variant="default" leftSection={<IconPlayerStop size={14} stroke={1.8} />} onClick={stop}>
              Stop
            </Button>
          ) : null}
          {answer?.headers.path == null ? null : (
            <>
              <RouteText path={answer.headers.path} />
              <Button
                component={Link}
                href={`/policies/${answer.headers.policy ?? ''}?path=${encodeURIComponent(answer.headers.path)}`}
                variant="subtle"
                ml="auto"
                rightSection={<IconArrowUpRight size={14} stroke={1.8} />}
              >
                Show the path
              </Button>
            </>
          )}
        </Group>
      </Stack>
      {phase.kind === 'idle' ? null : (
        <GatewayAnswerView
          text={phase.text}
          answer={answer}
          error={phase.kind === 'broken' ? phase.error : null}
        />
      )}
    </Card>
  );
}

/** Takes a key for this tab. */
export function PasteKey() {
  const [text, setText] = useState('');
  return (
    <Group gap="xs" align="end">
      <PasswordInput
        style={{ flex: 1 }}
        size="xs"
        label="Key"
        description="Kept in memory only; a reload forgets it."
        placeholder="wb-…"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button variant="default" disabled={text.trim() === ''} onClick={() => keepGatewayKey(text.trim())}>
        Use
      </Button>
    </Group>
  );
}
