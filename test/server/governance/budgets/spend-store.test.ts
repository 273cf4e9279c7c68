import { makeMemorySpendStore } from '#server/governance/budgets/make-memory-spend-store.ts';
import { describeSpendStore } from './spend-store-conformance.ts';

describeSpendStore('the spend store in memory', makeMemorySpendStore);
