/** Saves still under way after their editor has closed: what reads a policy next waits for them. */
const pending = new Map<string, Promise<void>>();

/** Remembers a policy's last save until it is done. A save that fails has told the author already. */
export function trackSave(policyId: string, save: Promise<void>): void {
  const settled = save
    .catch(() => undefined)
    .then(() => {
      if (pending.get(policyId) === settled) pending.delete(policyId);
    });
  pending.set(policyId, settled);
}

/** Resolves when no save of a policy is under way. */
export async function savesSettled(policyId: string): Promise<void> {
  await pending.get(policyId);
}
