import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import type { FollowingProviderDirectory } from '../../providers/make-provider-directory.ts';
import type { ConfigStore } from '../../store/config-store.ts';
import type { SecretBox } from './secret-box.ts';
import { openProviders } from './stored-settings.ts';

/** Keeps the directory to the providers of the store: a change holds for the next request. Answers how to stop. */
export function followStoredProviders({
  store,
  config,
  secrets,
  providers,
  logger,
}: {
  readonly store: Pick<ConfigStore, 'read' | 'subscribe'>;
  readonly config: Pick<Config, 'allowPrivateUpstreams'>;
  readonly secrets: SecretBox;
  readonly providers: FollowingProviderDirectory;
  readonly logger: Logger;
}): () => void {
  let followed = store.read().providers;
  const follow = () => {
    const { settings, locked } = openProviders(followed, secrets, config.allowPrivateUpstreams === true);
    for (const [provider, reason] of locked)
      logger.warn({ provider, reason }, 'a provider is left out: its keys cannot be opened');
    providers.follow(settings);
  };
  if (followed.length > 0) follow();
  return store.subscribe((state) => {
    if (state.providers === followed) return;
    followed = state.providers;
    follow();
  });
}
