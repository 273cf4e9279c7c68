import { type Ask, call, say } from '../support/scripted-model/index.ts';
import { answer, place, weather } from './client-calls.ts';

/** The model all libraries talk to: two calls at once where it has the tool, JSON where a schema asks, else the answer. */
export function mind({ tools, results, schema }: Ask) {
  const offered = tools.some(({ name }) => name === weather.name);
  if (offered && results.length > 0) return say(`So: ${results.join(' / ')}.`);
  if (offered)
    return call(
      { name: weather.name, args: { city: 'Oslo' } },
      { name: weather.name, args: { city: 'Lima' } },
    );
  if (schema !== null) return say(JSON.stringify(place));
  // Libraries that have no schema on the wire force a tool of that shape.
  const [forced] = tools;
  return forced === undefined ? say(answer) : call({ name: forced.name, args: place });
}
