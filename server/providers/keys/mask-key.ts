/** A key as logs and the studio may show it: enough to recognise it by, too little to use it. */
export function maskKey(key: string): string {
  if (key.length < 12) return '…';
  return `${key.slice(0, 4)}…${key.slice(-4)}`;
}
