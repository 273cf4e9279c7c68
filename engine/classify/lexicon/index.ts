/** Words of many languages under what they mean, so that what is learned of one language holds in the others. */
import { compileLexicon, type Lexicon } from './compile-lexicon.ts';
import { peopleWords } from './people-words.ts';
import { questionWords } from './question-words.ts';
import { taskWords } from './task-words.ts';
import { tradeWords } from './trade-words.ts';

export { emptyHash, mixLetter } from './compile-lexicon.ts';

export const lexicon: Lexicon = compileLexicon({
  ...taskWords,
  ...tradeWords,
  ...questionWords,
  ...peopleWords,
});
