import { openConfigStore } from '#server/store/lowdb/open-config-store.ts';
import { makeMemoryConfigStore } from '#server/store/memory/make-memory-config-store.ts';
import { aFolder } from './builders.ts';
import { describeConfigStore } from './config-store-conformance.ts';

const clock = () => Date.UTC(2026, 10, 22);

describeConfigStore('memory', async () => makeMemoryConfigStore({ clock }));
describeConfigStore('lowdb', () => openConfigStore({ folder: aFolder(), clock }));
