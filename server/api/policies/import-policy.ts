import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { importPolicy as readForeign } from '../../policy-import/index.ts';
import type { Handler } from '../handler.ts';
import { reviewHere } from './review.ts';

/** Reads a foreign configuration; nothing is saved. */
export const importPolicy: Handler<typeof calls.importPolicy> = ({ body }, installation) => {
  const read = readForeign(body.text, body.format ?? null, installation.catalogue);
  if (read.kind === 'ok') {
    const { kind: _, ...imported } = read;
    return { ...imported, diagnostics: [...reviewHere(read.policy, installation)] };
  }
  const { message, path, line, column } = read;
  const place = line === undefined ? path : `line ${line}, column ${column ?? 1}`;
  throw new ApiFailure(
    422,
    'not_importable',
    place === '' ? message : `${message} (${place})`,
    place === '' ? {} : { fields: [{ field: place, message }] },
  );
};
