import type { Binding } from './keys/binding.ts';
import { editKeys } from './keys/edit-keys.ts';
import { markKeys } from './keys/mark-keys.ts';
import { moveKeys } from './keys/move-keys.ts';
import { viewKeys } from './keys/view-keys.ts';

export type { Binding };

/** Every key of the canvas, in the order of the sheet behind `?`. */
export const keymap: readonly Binding[] = [...editKeys, ...markKeys, ...moveKeys, ...viewKeys];
