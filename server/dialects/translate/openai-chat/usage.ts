import { totalInputTokens, totalOutputTokens, type Usage } from '#engine/catalogue/index.ts';

export { readUsage as readOpenAiUsage } from '../../openai-chat/read-usage.ts';

export function writeOpenAiUsage(usage: Usage): object {
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const cachedAudio = usage.audioCacheReadTokens ?? 0;
  const prompt = totalInputTokens(usage);
  const completion = totalOutputTokens(usage);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {
      cached_tokens: usage.cacheReadTokens + cachedAudio,
      ...(cachedAudio === 0 ? {} : { cached_tokens_details: { audio_tokens: cachedAudio } }),
      ...(written === 0 ? {} : { cache_write_tokens: written }),
      audio_tokens: (usage.audioInputTokens ?? 0) + cachedAudio,
      ...(usage.imageInputTokens === undefined ? {} : { image_tokens: usage.imageInputTokens }),
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: usage.audioOutputTokens ?? 0,
      ...(usage.imageOutputTokens === undefined ? {} : { image_tokens: usage.imageOutputTokens }),
    },
  };
}
