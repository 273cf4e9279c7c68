import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));

const door = createStore<{ readonly calls: number }>(() => ({ calls: 0 }));

/** Opens the command palette, or closes it where it is open. */
export function callPalette(): void {
  door.setState(({ calls }) => ({ calls: calls + 1 }));
}

/** Ctrl+K or ⌘+K. The palette is loaded when it is first asked for. */
export function PaletteDoor() {
  const calls = useStore(door, (state) => state.calls);
  useHotkeys([['mod + K', callPalette]], []);
  if (calls === 0) return null;
  return (
    <Suspense fallback={null}>
      <CommandPalette calls={calls} />
    </Suspense>
  );
}
