/** One message as it is kept: who spoke, and the words without what was redacted. */
export interface KeptMessage {
  readonly role: string;
  readonly text: string;
}

/** The text of one request of a team that opted in. */
export interface KeptText {
  /** Id of the request. */
  readonly id: string;
  /** When it came, ms since 1970. */
  readonly at: number;
  readonly team: string;
  readonly key: string;
  readonly messages: readonly KeptMessage[];
  readonly answer: string;
  /** Something was left out, since it was longer than is kept. */
  readonly cut: boolean;
}

/** How much is kept of a team. */
export interface TextHolding {
  readonly texts: number;
  readonly bytes: number;
  /** When the oldest day that is kept begins, ms since 1970; `null` where nothing is. */
  readonly from: number | null;
}

/** Where texts are kept for teams that opted in. What is deleted is gone, not marked. */
export interface TextLog {
  /** Takes a text; it can be read after `flush`. Never throws: a text that cannot be kept is dropped and logged. */
  append(text: KeptText): void;
  flush(): Promise<void>;
  find(place: Pick<KeptText, 'id' | 'team' | 'at'>): Promise<KeptText | undefined>;
  /** The newest texts of a team, newest first. */
  newest(team: string, most: number): Promise<readonly KeptText[]>;
  holding(team: string): Promise<TextHolding>;
  /** How many texts of a key are kept. */
  countOf(team: string, key: string): Promise<number>;
  /**
   * Deletes whole days (UTC) whose beginning lies `days` or more back, and everything of teams that are not named. So
   * nothing is ever older than its team's days. Answers how many texts went.
   */
  purge(now: number, daysOf: ReadonlyMap<string, number>): Promise<number>;
  /** Deletes every text of a key. Answers how many there were. */
  eraseKey(team: string, key: string): Promise<number>;
  close(): Promise<void>;
}

export const dayMs = 24 * 3_600_000;
