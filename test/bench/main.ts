/** `npm run bench -- <name>`: measures a promise about speed against the program people would use instead. */
const benches: Readonly<Record<string, () => Promise<{ readonly run: () => Promise<void> }>>> = {
  decide: () => import('./decide.ts'),
  simulate: () => import('./simulate.ts'),
  estimate: () => import('./estimate.ts'),
  gateway: () => import('./gateway.ts'),
  classify: () => import('./classify.ts'),
  streams: () => import('./streams.ts'),
  signals: () => import('./signals.ts'),
  governance: () => import('./governance.ts'),
  spend: () => import('./spend.ts'),
  fleet: () => import('./fleet.ts'),
  studio: () => import('./studio/bench.ts'),
  soak: () => import('./soak.ts'),
};

/** Names stand before the options, which the benches read themselves. */
const asked = process.argv.slice(2);
const firstOption = asked.findIndex((word) => word.startsWith('--'));
const wanted = firstOption < 0 ? asked : asked.slice(0, firstOption);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". Benches: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
// The soak takes as long as it is told: only when it is asked for.
for (const name of wanted.length > 0 ? wanted : Object.keys(benches).filter((one) => one !== 'soak')) {
  console.log(`\n# ${name}\n`);
  await (await benches[name]!()).run();
}

export {};
