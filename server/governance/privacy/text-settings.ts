import { z } from 'zod';

/** A team whose texts are kept, and for how many days at most. */
export const TextSetting = z.strictObject({
  team: z.string().min(1).max(64),
  days: z.number().int().min(1).max(365),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type TextSetting = Readonly<z.output<typeof TextSetting>>;
