import { checkExpression } from '../expression/index.ts';
import type { Chooser, NodeId } from '../nodes/index.ts';
import { compileChooser } from './compile-chooser.ts';
import type { PlanNode, Step } from './plan.ts';

/** The exit of a transform that stands in no drawing: a request with images is refused there. */
export const imagesPort = 'images';

const hasImages: Chooser = Object.freeze({ kind: 'cases', tests: Object.freeze([imagesTest()]) });

function imagesTest() {
  const checked = checkExpression('request.images > 0');
  if (checked.kind === 'bad') throw new Error(checked.problem.message);
  return checked.expr;
}

/** What a transform that refuses images answers where there are some. */
export function imagesRefused(id: NodeId): PlanNode {
  const refusal = Object.freeze({
    node: id,
    code: 'images_refused',
    status: 422,
    message: 'Requests with images are not taken here. Send the text alone.',
  });
  const attempt = Object.freeze({ kind: 'refuse', node: id, refusal, countsAs: null } as const);
  return {
    kind: 'refuse',
    id,
    step: null,
    refusal,
    fixed: Object.freeze({ path: Object.freeze([]), attempts: Object.freeze([attempt]) }),
  };
}

/** A transform that refuses images, as a choice: refused with images, else on to its changes. */
export function placeImageCheck(id: NodeId, refused: number, change: number): PlanNode {
  const steps = (undetermined: boolean) =>
    [imagesPort, 'to'].map((port): Step => Object.freeze({ node: id, port, undetermined }));
  return {
    kind: 'choose',
    id,
    fixed: null,
    chooser: hasImages,
    choose: compileChooser(hasImages),
    ports: [imagesPort, 'to'],
    steps: steps(false),
    undeterminedSteps: steps(true),
    next: [refused, change],
  };
}
