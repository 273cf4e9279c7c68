/** Classes of the user’s own, learnt from a few examples each: offline, the same in browser and server. */
export {
  type ExampleAnswer,
  type ExampleClassifier,
  makeExampleClassifier,
  type NearExample,
} from './classify-examples.ts';
export { crossValidate, type Validation } from './cross-validate.ts';
export { staticEmbedding } from './default-embedding.ts';
export { type ExampleModel, probabilities, trainExamples } from './train-examples.ts';
