import { useState } from 'react';

/** The value as it was as long as it says the same, so that nothing that depends on it is drawn again. */
export function useSame<T>(value: T, textOf: (value: T) => string): T {
  const [kept, setKept] = useState(value);
  if (textOf(kept) === textOf(value)) return kept;
  setKept(value);
  return value;
}
