/** Loaded before a gateway: its machine's clock is ahead by so many ms. */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const { now } = Date;

globalThis.Date = new Proxy(Date, {
  construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now() + aheadMs] : given),
  get: (target, name) => (name === 'now' ? () => now() + aheadMs : Reflect.get(target, name)),
});

export {};
