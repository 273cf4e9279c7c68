/** The foreign logs that can be imported, one file each. */
import type { LogFormat } from '../foreign-request.ts';
import { azure } from './azure.ts';
import { burstgpt } from './burstgpt.ts';
import { litellm } from './litellm.ts';
import { mooncake } from './mooncake.ts';
import { openaiUsage } from './openai-usage.ts';
import { servegen } from './servegen.ts';

export const logFormats: readonly LogFormat[] = [azure, burstgpt, mooncake, servegen, litellm, openaiUsage];
