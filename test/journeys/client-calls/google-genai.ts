import { type Content, GoogleGenAI, type Part } from '@google/genai';
import {
  type ClientCalls,
  type Endpoint,
  jsonQuestion,
  placeSchema,
  question,
  toolQuestion,
  weather,
} from './client-calls.ts';

const models = ({ url, key }: Endpoint) =>
  new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } }).models;
const tools = [
  {
    functionDeclarations: [
      { name: weather.name, description: weather.description, parametersJsonSchema: weather.parameters },
    ],
  },
];

export const googleGenai: ClientCalls = {
  name: '@google/genai',
  async text(at) {
    const { text } = await models(at).generateContent({ model: at.model, contents: question });
    return text ?? '';
  },
  async stream(at) {
    let [text, pieces, total] = ['', 0, 0];
    for await (const chunk of await models(at).generateContentStream({
      model: at.model,
      contents: question,
    })) {
      text += chunk.text ?? '';
      pieces += (chunk.text ?? '') === '' ? 0 : 1;
      total = chunk.usageMetadata?.totalTokenCount ?? total;
    }
    if (total === 0) throw new Error('The stream came without usage.');
    return { text, pieces };
  },
  async tools(at) {
    const contents: Content[] = [{ role: 'user', parts: [{ text: toolQuestion }] }];
    const ask = { model: at.model, config: { tools } };
    const called: Part[] = [];
    for await (const chunk of await models(at).generateContentStream({ ...ask, contents }))
      called.push(...(chunk.candidates?.[0]?.content?.parts ?? []));
    const results = called.flatMap(({ functionCall }) =>
      functionCall === undefined
        ? []
        : [
            {
              functionResponse: {
                ...(functionCall.id === undefined ? {} : { id: functionCall.id }),
                name: functionCall.name ?? '',
                response: { output: weather.run(functionCall.args as { city: string }) },
              },
            },
          ],
    );
    contents.push({ role: 'model', parts: called }, { role: 'user', parts: results });
    return (await models(at).generateContent({ ...ask, contents })).text ?? '';
  },
  async json(at) {
    const { text } = await models(at).generateContent({
      model: at.model,
      contents: jsonQuestion,
      config: { responseMimeType: 'application/json', responseJsonSchema: placeSchema },
    });
    return JSON.parse(text ?? '');
  },
};
