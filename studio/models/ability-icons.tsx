import { Tooltip } from '@mantine/core';
import {
  IconBraces,
  IconBrain,
  IconFileText,
  IconMusic,
  IconPhoto,
  IconTool,
  IconVideo,
} from '@tabler/icons-react';
import type { ModelRow } from '../client/queries.ts';
import styles from './models.module.css';
import { type Ability, abilities, hasAbility } from './select-models.ts';

export const abilityNames: Readonly<
  Record<Ability, { readonly name: string; readonly does: string; readonly icon: typeof IconTool }>
> = {
  tools: { name: 'Tools', does: 'Calls tools', icon: IconTool },
  reasoning: { name: 'Reasoning', does: 'Reasons', icon: IconBrain },
  image: { name: 'Images', does: 'Reads images', icon: IconPhoto },
  audio: { name: 'Audio', does: 'Hears audio', icon: IconMusic },
  video: { name: 'Video', does: 'Sees video', icon: IconVideo },
  file: { name: 'Files', does: 'Reads files', icon: IconFileText },
  jsonSchema: { name: 'JSON schema', does: 'Answers to a JSON schema', icon: IconBraces },
};

/** What a model can do, an icon a thing, each in its own place so that a column can be read down. */
export function AbilityIcons({ model }: { readonly model: ModelRow }) {
  return (
    <span className={styles.abilities}>
      {abilities.map((ability) => {
        const { does, icon: Icon } = abilityNames[ability];
        return hasAbility(model, ability) ? (
          <Tooltip key={ability} label={does}>
            <Icon size={15} stroke={1.6} aria-label={does} role="img" />
          </Tooltip>
        ) : (
          <span key={ability} className={styles.lacks} />
        );
      })}
    </span>
  );
}
