import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** An action a screen offers in the command palette while it is shown. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly group: string;
  readonly run: () => void;
}

const registry = createStore<{ readonly commands: readonly Command[] }>(() => ({ commands: [] }));

/** Offers commands while the calling component is mounted. Keep the list stable with `useMemo`. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    registry.setState((state) => ({ commands: [...state.commands, ...commands] }));
    return () =>
      registry.setState((state) => ({ commands: state.commands.filter((one) => !commands.includes(one)) }));
  }, [commands]);
}

export function useOfferedCommands(): readonly Command[] {
  return useStore(registry, (state) => state.commands);
}
