/** What a vendor publishes about how long it keeps prompts and answers. A contract of one's own may say otherwise. */
export interface RetentionTerms {
  readonly keeps: string;
  /** Where it stands. */
  readonly source: string;
  /** When it was read there, ISO 8601 date. */
  readonly readOn: string;
}

const readOn = '2026-11-23';

/** By the end of the host name that is called: a kind of provider behind another address is somebody else's. */
const termsByHost: readonly (readonly [string, RetentionTerms])[] = [
  [
    'api.openai.com',
    {
      keeps: 'up to 30 days, for abuse monitoring; nothing for who has been granted zero retention',
      source: 'https://developers.openai.com/api/docs/guides/your-data',
      readOn,
    },
  ],
  [
    'api.anthropic.com',
    {
      keeps:
        'up to 30 days, longer for what breaks its usage policy; nothing by an agreement of zero retention',
      source: 'https://privacy.anthropic.com/en/articles/7996866-how-long-do-you-store-personal-data',
      readOn,
    },
  ],
  [
    'generativelanguage.googleapis.com',
    {
      keeps: '55 days, for abuse monitoring; nothing for who has been granted zero retention',
      source: 'https://ai.google.dev/gemini-api/docs/abuse-monitoring',
      readOn,
    },
  ],
  [
    'aiplatform.googleapis.com',
    {
      keeps: 'for limited periods, unless caching and prompt logging are turned off',
      source:
        'https://docs.cloud.google.com/gemini-enterprise-agent-platform/resources/zero-data-retention.md.txt',
      readOn,
    },
  ],
  [
    'amazonaws.com',
    {
      keeps: 'by the model’s own policy, up to 30 days for some; nothing with data_retention_mode “none”',
      source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html',
      readOn,
    },
  ],
];

/** The published terms of whoever answers at an address; `null` where none were read, which counts as keeping. */
export function retentionTermsOf(baseUrl: string): RetentionTerms | null {
  if (!URL.canParse(baseUrl)) return null;
  const { hostname } = new URL(baseUrl);
  const isOf = (end: string) =>
    hostname === end || hostname.endsWith(`.${end}`) || hostname.endsWith(`-${end}`);
  return termsByHost.find(([end]) => isOf(end))?.[1] ?? null;
}
