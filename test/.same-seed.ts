/** In CI properties are tried on the same values every time: a red run can be run again. Elsewhere they go on exploring. */
if (process.env.CI !== undefined) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: Number(process.env.LAWS_SEED ?? 20_261_123) });
}
