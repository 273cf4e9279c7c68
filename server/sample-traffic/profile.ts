/**
 * Requests by hour of the day beside the busiest hour, 0–23. Measured: BurstGPT's first part (1.43 million requests,
 * 61 days; CC BY 4.0, KDD 2025): busiest at 14, quietest at 7, 11.7 to 1.
 */
export const officeHours: readonly number[] = [
  0.524, 0.497, 0.318, 0.286, 0.205, 0.19, 0.108, 0.0853, 0.0989, 0.232, 0.489, 0.716, 0.971, 0.836, 1, 0.78,
  0.822, 0.755, 0.658, 0.873, 0.753, 0.654, 0.629, 0.571,
];

/** Invented: batch jobs start after midnight and are done before the day's valley. */
export const nightHours: readonly number[] = [
  0.6, 1, 1, 0.8, 0.5, 0.2, 0.05, 0, 0, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02,
  0.05, 0.1, 0.2, 0.3,
];

/** Shares of the requests below which a length lies; the lists of lengths give one each. Between them it grows evenly in its logarithm. */
export const lengthShares: readonly number[] = [
  0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1,
];

/** Tokens at each of {@link lengthShares}. */
export type Lengths = readonly number[];

/** Measured: Azure LLM inference trace 2023, conversation (19,366 requests; CC BY 4.0, Splitwise, ISCA 2024). */
export const chatPrompts: Lengths = [2, 29, 181, 207, 396, 1_020, 1_189, 2_735, 4_083, 4_142, 6_212, 14_050];
export const chatAnswers: Lengths = [7, 16, 41, 54, 85, 129, 395, 424, 451, 601, 954, 1_000];

/**
 * Fitted to the published mean, median and 99th percentile of the same source's code trace (2,048, 1,469, 7,436; 28, 13,
 * 252): a log-normal, cut at its 99th percentile for the prompts.
 */
export const completionPrompts: Lengths = [
  114, 229, 394, 527, 856, 1_469, 2_560, 4_300, 5_700, 7_436, 9_000, 9_000,
];
export const completionAnswers: Lengths = [1, 1, 2, 3, 6, 13, 31, 67, 106, 252, 600, 800];

/** Measured: Mooncake's conversation trace (12,031 requests; Apache-2.0, FAST 2025): long prompts that grow turn by turn. */
export const agentPrompts: Lengths = [
  891, 894, 901, 964, 2_306, 6_909, 15_368, 27_367, 39_552, 85_401, 121_301, 126_195,
];
export const agentAnswers: Lengths = [1, 3, 10, 24, 156, 350, 472, 597, 698, 1_120, 2_000, 2_000];

/** Measured: ServeGen (Apache-2.0), the tenants of its small model, resampled by the day: many short calls. */
export const queryPrompts: Lengths = [13, 13, 14, 15, 29, 51, 258, 520, 762, 4_492, 10_984, 64_559];
export const queryAnswers: Lengths = [1, 1, 1, 2, 3, 14, 74, 152, 207, 294, 4_440, 8_192];

/** Measured: ServeGen, the tenants of its large model. */
export const textPrompts: Lengths = [9, 50, 73, 74, 75, 203, 950, 1_759, 3_281, 5_886, 7_921, 24_217];
export const textAnswers: Lengths = [1, 1, 2, 15, 75, 403, 457, 494, 539, 1_035, 1_499, 8_192];

/** Invented: contracts, reports and mailboxes read as a whole; a few are longer than any model reads. */
export const documentPrompts: Lengths = [
  900, 1_500, 3_000, 4_500, 9_000, 21_000, 48_000, 90_000, 160_000, 420_000, 1_100_000, 1_600_000,
];

/**
 * Measured in Mooncake's trace, where a request begins with all blocks of an earlier one: the time between two turns has
 * the quartiles 66, 126 and 273 s; of the sessions that go on, half end after two turns and a tenth after five.
 */
export const turnGapsMs: Lengths = [
  2_000, 6_000, 15_000, 28_000, 66_000, 126_000, 273_000, 600_000, 900_000, 1_800_000, 3_000_000, 3_400_000,
];

/** Caches live five minutes and hold no prefix below 1,024 tokens; the vendors' documentation says so. */
export const cacheLifeMs = 300_000;
export const smallestCachedPrefix = 1_024;
