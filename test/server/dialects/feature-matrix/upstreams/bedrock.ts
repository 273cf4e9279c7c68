import { eventStream } from '../../../providers/support.ts';
import {
  at,
  counted,
  list,
  notSo,
  pieces,
  type Said,
  signature,
  slowDown,
  textOf,
  thought,
  type UpstreamForm,
  type Wire,
} from '../words.ts';
import { messageEvents, messagesForm } from './anthropic-messages.ts';

const streamType = 'application/vnd.amazon.eventstream';

function problem(status: 400 | 429) {
  const [message, name] = status === 429 ? [slowDown, 'ThrottlingException'] : [notSo, 'ValidationException'];
  return { body: { message }, headers: { 'x-amzn-errortype': `${name}:http://internal.amazon.com/` } };
}

/** InvokeModel for Anthropic’s models: Messages in AWS’s binary frames. */
export const invokeForm: UpstreamForm = {
  ...messagesForm,
  streamType,
  stream: (said) => messageEvents(said).map((event) => eventStream([['chunk', event]])),
  problem,
};

const usage = {
  inputTokens: counted.input - counted.cached,
  cacheReadInputTokens: counted.cached,
  cacheWriteInputTokens: 0,
  outputTokens: counted.output,
  totalTokens: counted.input + counted.output,
};

/** Converse, for all other models. A schema is held by a tool that the library makes up, so the model calls that. */
export const converseForm: UpstreamForm = {
  thinks: 'signed',
  countsReasoning: false,
  streamType,
  hear: hearConverse,
  whole: (said, heard) => {
    const asked = forced(said, heard.schema !== null);
    return {
      metrics: { latencyMs: 5 },
      output: { message: { role: 'assistant', content: blocksOf(asked) } },
      stopReason: asked.calls === undefined ? 'end_turn' : 'tool_use',
      usage,
    };
  },
  stream: (said, heard) => {
    const asked = forced(said, heard.schema !== null);
    return [
      eventStream([['messageStart', { role: 'assistant' }]]),
      ...blocksOf(asked).flatMap((block, contentBlockIndex) =>
        framesOf(block).map(([type, event]) => eventStream([[type, { contentBlockIndex, ...event }]])),
      ),
      eventStream([['messageStop', { stopReason: asked.calls === undefined ? 'end_turn' : 'tool_use' }]]),
      eventStream([['metadata', { metrics: { latencyMs: 5 }, usage }]]),
    ];
  },
  problem,
};

function forced(said: Said, held: boolean): Said {
  return held ? { calls: [{ name: 'json', args: JSON.parse(said.text ?? '{}') }] } : said;
}

function blocksOf({ thought: thinking, text, calls = [] }: Said) {
  return [
    ...(thinking === undefined
      ? []
      : [{ reasoningContent: { reasoningText: { text: thinking, signature } } }]),
    ...(text === undefined ? [] : [{ text }]),
    ...calls.map(({ name, args: input }, index) => ({
      toolUse: { toolUseId: `tooluse_${index}`, name, input },
    })),
  ];
}

type Frame = readonly [type: string, payload: object];

function framesOf(block: ReturnType<typeof blocksOf>[number]): readonly Frame[] {
  const delta = (content: object): Frame => ['contentBlockDelta', { delta: content }];
  const stop: Frame = ['contentBlockStop', {}];
  if ('text' in block) return [...pieces(block.text).map((text) => delta({ text })), stop];
  if ('reasoningContent' in block)
    return [
      delta({ reasoningContent: { text: block.reasoningContent.reasoningText.text } }),
      delta({ reasoningContent: { signature } }),
      stop,
    ];
  const { toolUseId, name, input } = block.toolUse;
  return [
    ['contentBlockStart', { start: { toolUse: { toolUseId, name } } }],
    ...pieces(JSON.stringify(input)).map((part) => delta({ toolUse: { input: part } })),
    stop,
  ];
}

function hearConverse(body: Wire) {
  const blocks = list(body.messages).flatMap(({ content }) => list(content));
  const specs = list(at(body, 'toolConfig', 'tools')).map(({ toolSpec }) => toolSpec);
  const all = specs.filter(Boolean).map((spec) => ({
    name: textOf(at(spec, 'name')),
    schema: at(spec, 'inputSchema', 'json'),
  }));
  const marked = (block: Wire) =>
    at(block, 'reasoningContent', 'reasoningText', 'signature') === signature &&
    at(block, 'reasoningContent', 'reasoningText', 'text') === thought;
  return {
    texts: JSON.stringify([body.system, body.messages]),
    stream: false,
    images: blocks.map((block) => textOf(at(block, 'image', 'source', 'bytes'))).filter(Boolean),
    tools: all.filter(({ name }) => name !== 'json'),
    calls: blocks
      .filter(({ toolUse }) => toolUse !== undefined)
      .map(({ toolUse }) => ({
        id: textOf(at(toolUse, 'toolUseId')),
        name: textOf(at(toolUse, 'name')),
        args: at(toolUse, 'input'),
      })),
    results: blocks
      .filter(({ toolResult }) => toolResult !== undefined)
      .map(({ toolResult }) => ({
        id: textOf(at(toolResult, 'toolUseId')),
        text: JSON.stringify(at(toolResult, 'content')),
      })),
    schema: all.find(({ name }) => name === 'json')?.schema ?? null,
    asksThinking: at(body, 'additionalModelRequestFields', 'reasoningConfig') !== undefined,
    thoughts: blocks.some(marked) ? thought : '',
    marks: JSON.stringify(body).includes('"cachePoint"'),
  };
}
