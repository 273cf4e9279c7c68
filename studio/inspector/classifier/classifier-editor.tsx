import type { UserClassifier } from '#engine/nodes/index.ts';
import { changeClassifier, useDocument, useDocumentActions } from '../../document/index.ts';
import { ProblemNotes } from '../problem-notes.tsx';
import { HttpEditor, JudgeEditor } from './called-editors.tsx';
import type { EditorProps } from './editor-props.ts';
import { ExamplesEditor } from './examples-editor.tsx';
import { RulesEditor } from './rules-editor.tsx';

/** The editor of a classifier of the policy's own, each edit a step of the policy's history. */
export function ClassifierEditor({
  id,
  classifier,
}: {
  readonly id: string;
  readonly classifier: UserClassifier;
}) {
  const document = useDocumentActions();
  const readOnly = useDocument((state) => state.readOnly);
  const diagnostics = useDocument((state) => state.diagnostics);
  const place = `classifiers.${id}`;
  const problems = diagnostics.flatMap((one) => {
    if (one.field === place) return [{ ...one, field: '' }];
    return one.field?.startsWith(`${place}.`) === true
      ? [{ ...one, field: one.field.slice(place.length + 1) }]
      : [];
  });
  const onChange: EditorProps<UserClassifier['kind']>['onChange'] = (next, step, options = {}) => {
    const gesture = options.burst === undefined ? {} : { gesture: `classifier:${id}:${options.burst}` };
    document.run(changeClassifier(id, next, options.renamed), step, gesture);
  };
  const shared = { readOnly, problems, onChange };
  return (
    <>
      <ProblemNotes problems={problems.filter(({ field }) => ['', 'labels', 'rules'].includes(field))} />
      {classifier.kind === 'examples' && <ExamplesEditor {...shared} classifier={classifier} />}
      {classifier.kind === 'rules' && <RulesEditor {...shared} classifier={classifier} />}
      {classifier.kind === 'judge' && <JudgeEditor {...shared} classifier={classifier} />}
      {classifier.kind === 'http' && <HttpEditor {...shared} classifier={classifier} />}
    </>
  );
}
