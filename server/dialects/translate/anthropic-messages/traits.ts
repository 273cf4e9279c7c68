import type { Effort } from '../neutral.ts';

/** What a model that speaks Anthropic's dialect takes. */
export interface AnthropicTraits {
  /** How thinking is asked for: a budget (Claude 3.7 to 4.5), as the model sees fit (4.6 on), or not at all. */
  readonly thinking: 'none' | 'budget' | 'adaptive';
  /** The efforts `output_config.effort` takes; none: the field is unknown there. */
  readonly efforts: readonly Effort[];
  /** Whether `thinking: disabled` is taken. Claude Fable and Mythos always think. */
  readonly thinkingOff: boolean;
  /** Whether temperature, top_p and top_k are taken. Claude 4.7 and later refuse them. */
  readonly sampling: boolean;
  /** Whether temperature and top_p may be given together. Claude 4.1 and later refuse it. */
  readonly bothTemperatureAndTopP: boolean;
  /** Whether answers and tool calls can be held to a JSON schema (Claude 4.5 and later). */
  readonly schemas: boolean;
}

/**
 * What a model takes, by its name (platform.claude.com, adaptive thinking, effort, structured outputs and migration
 * guide, read 2026-11). A cut by version and not a list of names, so that tomorrow's model is right on its first day.
 * Names that are not Claude's belong to compatible servers, which ignore what they do not know.
 */
export function anthropicTraits(model: string): AnthropicTraits {
  const version = claudeVersion(model);
  if (version === undefined) return other;
  return {
    thinking: version >= 4.6 ? 'adaptive' : version >= 3.7 ? 'budget' : 'none',
    efforts:
      version >= 4.7
        ? ['low', 'medium', 'high', 'xhigh', 'max']
        : version >= 4.6
          ? ['low', 'medium', 'high', 'max']
          : [],
    thinkingOff: version >= 3.7 && !/fable|mythos/.test(model),
    sampling: version < 4.7,
    bothTemperatureAndTopP: version < 4.1,
    schemas: version >= 4.5,
  };
}

const other: AnthropicTraits = {
  thinking: 'budget',
  efforts: [],
  thinkingOff: true,
  sampling: true,
  bothTemperatureAndTopP: true,
  schemas: false,
};

/** `claude-opus-4-7` → 4.7, `claude-3-7-sonnet-20250219` → 3.7, `claude-opus-4-20250514` → 4. */
function claudeVersion(model: string): number | undefined {
  if (/mythos-preview/.test(model)) return 5;
  const found = /claude-(?:[a-z]+-)?(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/.exec(model);
  if (found === null) return undefined;
  return Number(found[1]) + Number(found[2] ?? 0) / 10;
}
