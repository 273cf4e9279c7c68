import { Textarea } from '@mantine/core';
import type { AcceptSetting } from './accept-widget.tsx';
import { ModelPicker } from './model-picker.tsx';
import { PercentSetting } from './percent-setting.tsx';
import { useDraft } from './use-draft.ts';

type Judge = NonNullable<AcceptSetting['judge']>;

/** Who judges an answer, what it is asked, and which mark is enough. */
export function JudgeFields({
  judge,
  readOnly,
  onJudge,
}: {
  readonly judge: Judge;
  readonly readOnly: boolean;
  readonly onJudge: (judge: Judge, burst: string) => void;
}) {
  const question = useDraft(judge.question, (text) => {
    if (text.trim() === '') return false;
    onJudge({ ...judge, question: text }, 'question');
    return true;
  });
  return (
    <>
      <div data-field="accept.judge.target">
        <ModelPicker
          field={{ label: 'Judge' }}
          value={judge.target}
          readOnly={readOnly}
          onModel={(target) => onJudge({ ...judge, target }, 'target')}
        />
      </div>
      <Textarea
        label="It is asked"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4_000}
        value={question.text}
        readOnly={readOnly}
        error={question.isRefused && 'Not kept: the judge must be asked something.'}
        onChange={(event) => question.onText(event.currentTarget.value)}
        onBlur={question.onLeave}
      />
      <PercentSetting
        label="Enough is"
        value={judge.at_least}
        readOnly={readOnly}
        onShare={(share) => onJudge({ ...judge, at_least: share ?? 0 }, 'at_least')}
      />
    </>
  );
}
