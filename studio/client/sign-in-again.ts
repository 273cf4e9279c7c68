import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface Asking {
  readonly asked: boolean;
  readonly waiting: readonly ((signedIn: boolean) => void)[];
}

/** Calls that came back "not signed in" while somebody worked: they wait here until that person has signed in again. */
export const signInQueue = createStore<Asking>(() => ({ asked: false, waiting: [] }));

/** Asks for a new sign-in where one works; resolves true when there is one and the call can be repeated. */
export function signInAgain(): Promise<boolean> {
  return new Promise((resolve) => {
    signInQueue.setState(({ waiting }) => ({ asked: true, waiting: [...waiting, resolve] }));
  });
}

/** Lets the waiting calls go on, or fail. */
export function settleSignIn(signedIn: boolean): void {
  const { waiting } = signInQueue.getState();
  signInQueue.setState({ asked: false, waiting: [] });
  for (const resolve of waiting) resolve(signedIn);
}

export function useIsSignInAsked(): boolean {
  return useStore(signInQueue, (state) => state.asked);
}
