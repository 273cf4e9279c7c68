import { describe, expect, it } from 'vitest';
import type { Dialect, NeutralMessage, NeutralRequest } from '#engine/signals/index.ts';
import { dialects } from '#server/dialects/index.ts';

function read(dialect: Dialect, wire: Record<string, unknown>): NeutralRequest {
  const reading = dialects[dialect].readRequest(
    { model: 'auto', ...wire },
    { bytes: 1, session: '', user: '' },
  );
  if (reading.kind === 'bad') throw new Error(reading.message);
  return reading.request;
}

/** Of each message what is not as in a plain one. */
function marks(messages: readonly NeutralMessage[]): readonly unknown[] {
  return messages.map(({ role, text: _, toolResults, ...counts }) => ({
    role,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
    ...(toolResults.length > 0 ? { toolResults } : {}),
  }));
}

describe('tools, files and sound in a neutral request', () => {
  it('come from Chat Completions', () => {
    const { messages, jsonSchema } = read('openai-chat', {
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema: {} } },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: { url: 'https://a.io/b.png' } },
            { type: 'input_audio', input_audio: { data: '', format: 'wav' } },
            { type: 'file', file: { file_id: 'f' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ function: { name: 'a' } }, { function: { name: 'b' } }],
        },
        { role: 'tool', tool_call_id: '1', content: 'fine' },
        { role: 'tool', tool_call_id: '2', content: [{ type: 'text', text: 'Error: no such table' }] },
        { role: 'assistant', function_call: { name: 'old', arguments: '{}' } },
      ],
    });
    expect(marks(messages)).toEqual([
      { role: 'user', images: 1, audio: 1, files: 1 },
      { role: 'assistant', toolCalls: 2 },
      { role: 'tool', toolResults: ['ok'] },
      { role: 'tool', toolResults: ['failed'] },
      { role: 'assistant', toolCalls: 1 },
    ]);
    expect(messages[4]?.text).toBe('old {}');
    expect(jsonSchema).toBe(true);
  });

  it('come from Responses, the items of one turn together', () => {
    const { messages, jsonSchema } = read('openai-responses', {
      text: { format: { type: 'json_object' } },
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Go' },
            { type: 'input_file', file_id: 'f' },
          ],
        },
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
        { type: 'function_call', name: 'a', arguments: '{}', call_id: '1' },
        { type: 'function_call', name: 'b', arguments: '{}', call_id: '2' },
        { type: 'function_call_output', call_id: '1', output: '{"output":"x","metadata":{"exit_code":2}}' },
        { type: 'function_call_output', call_id: '2', output: 'good' },
        { type: 'shell_call', call_id: '3', action: { commands: ['ls'] } },
        {
          type: 'shell_call_output',
          call_id: '3',
          output: [{ stdout: '', stderr: 'no', outcome: { type: 'exit', exit_code: 1 } }],
        },
        { type: 'mcp_call', name: 'c', arguments: '{}', output: null, error: 'refused' },
        { type: 'web_search_call', status: 'completed' },
      ],
    });
    expect(marks(messages)).toEqual([
      { role: 'user', files: 1 },
      { role: 'assistant', toolCalls: 2 },
      { role: 'tool', toolResults: ['failed'] },
      { role: 'tool', toolResults: ['ok'] },
      { role: 'assistant', toolCalls: 1 },
      { role: 'tool', toolResults: ['failed'] },
      { role: 'assistant', toolCalls: 2, toolResults: ['failed', 'ok'] },
    ]);
    expect(jsonSchema).toBe(false);
  });

  it('come from Anthropic Messages, where results say whether they failed', () => {
    const { messages } = read('anthropic-messages', {
      max_tokens: 10,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Read' },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'what it says' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
            {
              type: 'web_search_tool_result',
              tool_use_id: 's',
              content: { type: 'web_search_tool_result_error' },
            },
            { type: 'tool_use', id: '1', name: 'Bash', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: '1', is_error: true, content: 'x' },
            { type: 'tool_result', tool_use_id: '2', is_error: false, content: 'Error: only quoted' },
            { type: 'tool_result', tool_use_id: '3', content: 'Error: said by the text alone' },
            { type: 'text', text: '<system-reminder>Mind the time.</system-reminder>' },
          ],
        },
      ],
    });
    expect(marks(messages)).toEqual([
      { role: 'user', files: 1 },
      { role: 'assistant', toolCalls: 2, toolResults: ['failed'] },
      { role: 'tool', toolResults: ['failed', 'ok', 'failed'] },
    ]);
    expect(messages[0]?.text).toBe('Read\nwhat it says');
  });
});
