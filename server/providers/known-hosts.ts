/** Vendors with an endpoint that speaks Chat Completions, by the variable their own tools read. One line adds one. */
export const knownHosts = [
  {
    variable: 'GEMINI_API_KEY',
    id: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
  },
  { variable: 'GROQ_API_KEY', id: 'groq', baseUrl: 'https://api.groq.com/openai/v1' },
  { variable: 'MISTRAL_API_KEY', id: 'mistral', baseUrl: 'https://api.mistral.ai/v1' },
  { variable: 'DEEPSEEK_API_KEY', id: 'deepseek', baseUrl: 'https://api.deepseek.com/v1' },
  { variable: 'XAI_API_KEY', id: 'xai', baseUrl: 'https://api.x.ai/v1' },
  { variable: 'OPENROUTER_API_KEY', id: 'openrouter', baseUrl: 'https://openrouter.ai/api/v1' },
  { variable: 'TOGETHER_API_KEY', id: 'together', baseUrl: 'https://api.together.xyz/v1' },
  { variable: 'FIREWORKS_API_KEY', id: 'fireworks', baseUrl: 'https://api.fireworks.ai/inference/v1' },
] as const;
