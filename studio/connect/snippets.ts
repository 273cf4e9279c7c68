export interface Place {
  readonly openaiBaseUrl: string;
  readonly anthropicBaseUrl: string;
  readonly key: string;
  /** An alias, or `policy/<id>`. */
  readonly model: string;
}

export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly code: string;
}

/** How each client is pointed at the gateway: base URL and key, nothing else. */
export function snippetsFor({ openaiBaseUrl, anthropicBaseUrl, key, model }: Place): readonly Snippet[] {
  return [
    {
      id: 'python',
      title: 'OpenAI, Python',
      code: `from openai import OpenAI

client = OpenAI(
    base_url="${openaiBaseUrl}",
    api_key="${key}",
)

answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Explain a waybill in one sentence."}],
)
print(answer.choices[0].message.content)`,
    },
    {
      id: 'javascript',
      title: 'OpenAI, JavaScript',
      code: `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${openaiBaseUrl}',
  apiKey: '${key}',
});

const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Explain a waybill in one sentence.' }],
});
console.log(answer.choices[0].message.content);`,
    },
    {
      id: 'anthropic',
      title: 'Anthropic, Python',
      code: `from anthropic import Anthropic

client = Anthropic(
    base_url="${anthropicBaseUrl}",
    api_key="${key}",
)

answer = client.messages.create(
    model="${model}",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Explain a waybill in one sentence."}],
)
print(answer.content[0].text)`,
    },
    {
      id: 'curl',
      title: 'curl',
      code: `curl ${openaiBaseUrl}/chat/completions \\
  -H "authorization: Bearer ${key}" \\
  -H "content-type: application/json" \\
  -d '{
    "model": "${model}",
    "messages": [{ "role": "user", "content": "Explain a waybill in one sentence." }]
  }'`,
    },
    {
      id: 'claude-code',
      title: 'Claude Code',
      code: `export ANTHROPIC_BASE_URL="${anthropicBaseUrl}"
export ANTHROPIC_API_KEY="${key}"
export ANTHROPIC_MODEL="${model}"
claude`,
    },
  ];
}
