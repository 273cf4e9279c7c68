/** What a pool can demand of a candidate, in the order in which reasons are told. */
export const requirements = [
  'context',
  'tools',
  'vision',
  'audio',
  'files',
  'json_schema',
  'reasoning',
  'region',
  'retention',
] as const;
export type Requirement = (typeof requirements)[number];

/** Names for people. */
export const requirementLabels: Readonly<Record<Requirement, string>> = {
  context: 'Room for the context',
  tools: 'Tools',
  vision: 'Images',
  audio: 'Sound',
  files: 'Files',
  json_schema: 'JSON schema',
  reasoning: 'Reasoning',
  region: 'Region',
  retention: 'Zero retention',
};
