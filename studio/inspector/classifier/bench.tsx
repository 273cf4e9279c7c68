import { Button, Textarea } from '@mantine/core';
import { IconPlayerPlay, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { changeNode, useDocument, useDocumentActions } from '../../document/index.ts';
import { Failure } from '../../look/feedback.tsx';
import { formatShare, plural } from '../../look/format.ts';
import { Money } from '../../look/money.tsx';
import inspector from '../inspector.module.css';
import { PercentSetting } from '../percent-setting.tsx';
import { confusionOf, exitOf, otherwise } from './bench-figures.ts';
import { BenchTable } from './bench-table.tsx';
import styles from './classifier.module.css';
import { ConfusionTable } from './confusion-table.tsx';
import { LoggedMessages } from './logged-messages.tsx';
import { sampleMessages } from './sample-messages.ts';
import { TrafficNote } from './traffic-note.tsx';
import { mostCalled, type Run, type Tried, useBench } from './use-bench.ts';
import { ValidationNote } from './validation-note.tsx';

type ClassifierNode = Extract<PolicyNode, { kind: 'classifier' }>;

/** Messages to try a classifier on, what it says of them, and what the needed confidence does. */
export function Bench({
  id,
  node,
  tried,
}: {
  readonly id: NodeId;
  readonly node: ClassifierNode;
  readonly tried: Tried;
}) {
  const document = useDocumentActions();
  const readOnly = useDocument((state) => state.readOnly);
  const bench = useBench(tried);
  const [opening] = useState(node.confidence);
  const { run, parsed } = bench;
  return (
    <section className={styles.bench} aria-label="Bench">
      <h3 className={styles.title}>Try it</h3>
      <Textarea
        label="Messages"
        description="One a line; or CSV with the columns text and label, or JSON Lines, to say which label each should get. Nothing of it is stored."
        placeholder="how do I get my money back?"
        autosize
        minRows={3}
        maxRows={7}
        value={bench.text}
        onChange={(event) => bench.setText(event.currentTarget.value)}
      />
      <div className={styles.row}>
        {bench.called && (
          <Button
            leftSection={<IconPlayerPlay size={14} />}
            aria-busy={bench.isRunning}
            disabled={parsed.messages.length === 0 || parsed.messages.length > mostCalled}
            onClick={() => {
              // Not disabled meanwhile: the focus would be lost.
              if (!bench.isRunning) bench.ask();
            }}
          >
            {`${bench.isRunning ? 'Asking' : 'Ask'} about ${plural(parsed.messages.length, 'message')}`}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconSparkles size={14} />}
          onClick={() => bench.setText(sampleMessages(tried.kind === 'task'))}
        >
          Use sample messages
        </Button>
        <LoggedMessages onText={bench.setText} />
        <CallNote bench={bench} tried={tried} />
      </div>
      {parsed.problem !== null && <p className={styles.warn}>{parsed.problem}</p>}
      {bench.error !== null && <Failure error={bench.error} onRetry={bench.retry} />}
      <div className={styles.threshold}>
        <PercentSetting
          label="Needed confidence"
          value={node.confidence}
          readOnly={readOnly}
          onShare={(share) =>
            document.run(
              changeNode(id, (now) =>
                now.kind === 'classifier' && share !== undefined ? { ...now, confidence: share } : now,
              ),
              'Change needed confidence',
              { gesture: `${id}:confidence:value` },
            )
          }
        />
        <Moved run={run} node={node} />
        <TrafficNote node={node} opening={opening} />
      </div>
      {run !== null && <Results run={run} node={node} />}
      {run?.answer.validation != null && <ValidationNote validation={run.answer.validation} />}
      {tried.kind === 'examples' && tried.embeddings !== undefined && (
        <p className={inspector.help}>
          How well the examples tell their labels apart is measured offline only; with embeddings, paste
          messages with the label each should get.
        </p>
      )}
    </section>
  );
}

function CallNote({ bench, tried }: { readonly bench: ReturnType<typeof useBench>; readonly tried: Tried }) {
  if (!bench.called) return <span className={inspector.help}>Answers as you type, without a call.</span>;
  if (bench.parsed.messages.length > mostCalled)
    return (
      <span className={styles.warn}>{`At most ${mostCalled} messages at once, since each is a call.`}</span>
    );
  if (bench.run === null)
    return (
      <span className={inspector.help}>
        {tried.kind === 'http'
          ? 'Every message is a call to your service.'
          : 'Every message is a call that costs.'}
      </span>
    );
  return (
    <span className={inspector.help} role="status">
      {bench.run.isOld && 'Changed since; ask again. '}
      {tried.kind === 'http' ? (
        'Waybill does not know what your service costs.'
      ) : (
        <>
          The calls cost <Money nanoUsd={bench.run.answer.costNanoUsd} />.
        </>
      )}
    </span>
  );
}

/** How many of the tried messages the needed confidence turns away. */
function Moved({ run, node }: { readonly run: Run | null; readonly node: ClassifierNode }) {
  if (run === null || run.messages.length === 0) return null;
  const exits = new Set(Object.keys(node.ports));
  const turned = run.answer.answers.filter((one) => exitOf(one, node.confidence, exits) === otherwise).length;
  const unsure = run.answer.answers.filter(
    (one) => one.label === '' || one.confidence < node.confidence,
  ).length;
  const rest = turned - unsure;
  return (
    <p className={styles.fact} role="status">
      <strong>{`${turned} of ${plural(run.messages.length, 'message')}`}</strong>
      {` ${turned === 1 ? 'leaves' : 'leave'} by “otherwise”`}
      {rest === 0 ? '.' : `: ${unsure} not sure enough, ${rest} with a label that has no exit here.`}
    </p>
  );
}

function Results({ run, node }: { readonly run: Run; readonly node: ClassifierNode }) {
  if (run.messages.length === 0) return null;
  const answered = run.answer.answers.map((one, index) => ({
    ...one,
    text: run.messages[index]?.text ?? '',
    expected: run.messages[index]?.expected ?? null,
  }));
  const confusion = confusionOf(answered, node.confidence);
  return (
    <>
      <BenchTable answers={answered} node={node} />
      {confusion.total > 0 && (
        <>
          <p className={styles.fact}>
            <strong>{`${confusion.right} of ${confusion.total} right`}</strong>
            {` (${formatShare(confusion.right / confusion.total)}) at this confidence, counted by label; ${confusion.unsure} not sure enough, ${confusion.total - confusion.right - confusion.unsure} wrong.`}
          </p>
          <ConfusionTable confusion={confusion} />
        </>
      )}
    </>
  );
}
