import { useCallback, useEffect, useRef, useState } from 'react';
import { askGateway, type GatewayAnswer, type GatewayQuestion } from './ask-gateway.ts';

type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly text: string }
  | { readonly kind: 'done'; readonly text: string; readonly answer: GatewayAnswer }
  | { readonly kind: 'broken'; readonly text: string; readonly error: unknown };

/** One request through the gateway at a time; leaving the screen cancels it. */
export function useGatewayRequest(onDone?: (answer: GatewayAnswer) => void) {
  const [phase, setPhase] = useState<Phase>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = useCallback(
    async (question: GatewayQuestion) => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      let text = '';
      setPhase({ kind: 'running', text });
      try {
        const answer = await askGateway(
          question,
          (grown) => {
            text = grown;
            setPhase({ kind: 'running', text });
          },
          control.signal,
        );
        setPhase({ kind: 'done', text: answer.text, answer });
        onDone?.(answer);
      } catch (error) {
        if (!control.signal.aborted) setPhase({ kind: 'broken', text, error });
      }
    },
    [onDone],
  );
  const stop = useCallback(() => {
    running.current?.abort();
    setPhase({ kind: 'idle' });
  }, []);
  return { phase, send, stop };
}
