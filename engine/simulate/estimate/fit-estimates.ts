import type { Catalogue } from '../../catalogue/index.ts';
import type { RecordColumns } from '../columns.ts';
import { prepareRecords } from '../prepare-records.ts';
import type { Estimates } from './estimates.ts';
import { fitAnswers } from './fit-answers.ts';
import { fitFailures } from './fit-failures.ts';
import { fitInput } from './fit-input.ts';
import { correlate, makeGroupSums } from './group-sums.ts';
import { taskRows } from './task-rows.ts';

const remembered = new WeakMap<RecordColumns, WeakMap<Catalogue, Estimates>>();

/**
 * What a record set teaches about its targets: tokens they make of a text, how long they answer each task, how long that
 * takes, how often they fail. Doubts are those of means over sessions, as requests of one session are alike. Rows count
 * only where the first target answered and its usage is known. Pure, and remembered by record set.
 */
export function fitEstimates(columns: RecordColumns, catalogue: Catalogue): Estimates {
  const known = remembered.get(columns)?.get(catalogue);
  if (known !== undefined) return known;
  const fitted = fitRecords(columns, catalogue);
  const byCatalogue = remembered.get(columns) ?? new WeakMap<Catalogue, Estimates>();
  remembered.set(columns, byCatalogue.set(catalogue, fitted));
  return fitted;
}

function fitRecords(columns: RecordColumns, catalogue: Catalogue): Estimates {
  const facts = prepareRecords(columns);
  const tasks = taskRows(columns);
  const sums = makeGroupSums(columns, facts, tasks);
  const { input, inputErrors } = fitInput(sums, catalogue);
  const { answers, answerErrors } = fitAnswers(sums);
  return {
    format: 1,
    kind: 'fitted',
    caching: true,
    records: columns.length,
    records_hash: '',
    input,
    answers,
    pairs: [...correlate(inputErrors, 'input'), ...correlate(answerErrors, 'answers')],
    ...fitFailures(facts),
  };
}
