type Contract = typeof import('#server/contract/index.ts');

let loading: Promise<Contract> | undefined;

/**
 * The contract with its schemas, a chunk of its own: the frame is drawn before it is here. Asked for as soon as this file
 * is read, and again after it could not be fetched.
 */
export function contract(): Promise<Contract> {
  loading ??= import('#server/contract/index.ts').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

void contract().catch(() => undefined);
