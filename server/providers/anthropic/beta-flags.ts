/**
 * Flags of `anthropic-beta` that hosts of Anthropic's models take; any other makes them refuse the whole call. Anthropic
 * itself takes all. Compared on 2026-11-22 with stored copies: `documented` are in a list of AWS's (model parameters of
 * Claude's Messages API) or Anthropic's own, `inUse` are what other gateways send there. AWS ties most flags to models,
 * which is not looked at here. Vertex refuses `effort-2025-11-24` (anthropics/claude-code#34802).
 */
export const flagSources = {
  bedrock: {
    documented: [
      'computer-use-2025-01-24',
      'token-efficient-tools-2025-02-19',
      'interleaved-thinking-2025-05-14',
      'output-128k-2025-02-19',
      'dev-full-thinking-2025-05-14',
      'context-1m-2025-08-07',
      'context-management-2025-06-27',
      'effort-2025-11-24',
      'tool-search-tool-2025-10-19',
      'tool-examples-2025-10-29',
    ],
    inUse: [
      'computer-use-2024-10-22',
      'computer-use-2025-11-24',
      'fine-grained-tool-streaming-2025-05-14',
      'compact-2026-01-12',
    ],
  },
  vertex: {
    documented: ['tool-examples-2025-10-29'],
    inUse: [
      'computer-use-2025-01-24',
      'computer-use-2025-11-24',
      'interleaved-thinking-2025-05-14',
      'context-1m-2025-08-07',
      'context-management-2025-06-27',
      'tool-search-tool-2025-10-19',
      'compact-2026-01-12',
    ],
  },
} as const;

const allOf = ({ documented, inUse }: { documented: readonly string[]; inUse: readonly string[] }) => [
  ...documented,
  ...inUse,
];

export const betaFlags = { bedrock: allOf(flagSources.bedrock), vertex: allOf(flagSources.vertex) } as const;

/** Fields of the body that are refused without their flag. */
const fieldsOfFlags: readonly (readonly [beginning: string, field: string])[] = [
  ['mcp-', 'mcp_servers'],
  ['context-management-', 'context_management'],
  ['structured-outputs-', 'output_format'],
  ['fast-mode-', 'speed'],
  ['skills-', 'container'],
];

export interface AllowedFlags {
  readonly flags: readonly string[];
  /** `anthropic-beta.<flag>`, for the report. */
  readonly dropped: readonly string[];
  /** Fields that have to leave the body along with their flags. */
  readonly fields: readonly string[];
}

/** The flags of a header that a host takes. */
export function allowFlags(header: string | undefined, allowed: readonly string[]): AllowedFlags {
  const asked = [...new Set((header ?? '').split(',').map((flag) => flag.trim()))].filter(Boolean);
  const refused = asked.filter((flag) => !allowed.includes(flag));
  return {
    flags: asked.filter((flag) => allowed.includes(flag)),
    dropped: refused.map((flag) => `anthropic-beta.${flag}`),
    fields: fieldsOfFlags.flatMap(([beginning, field]) =>
      refused.some((flag) => flag.startsWith(beginning)) ? [field] : [],
    ),
  };
}
