import { Button } from '@mantine/core';
import { IconBoxModel2 } from '@tabler/icons-react';
import { useDocumentActions } from '../../document/index.ts';
import { openMakeSubpolicy } from './open-make-subpolicy.tsx';

/** Makes what is selected a policy of its own. */
export function MakeSubpolicyButton() {
  const document = useDocumentActions();
  return (
    <Button
      variant="default"
      leftSection={<IconBoxModel2 size={15} />}
      onClick={() => openMakeSubpolicy(document)}
    >
      Make a sub-policy…
    </Button>
  );
}
