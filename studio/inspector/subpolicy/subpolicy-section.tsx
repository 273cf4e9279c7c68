import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowUp, IconExternalLink, IconUnlink } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { diffPolicies } from '#engine/policy/diff/index.ts';
import type { Policy, Subpolicy } from '#engine/policy/index.ts';
import { newerThan } from '../../canvas/subpolicy-face.ts';
import { usePolicies, useVersion } from '../../client/queries.ts';
import {
  detachSubpolicy,
  pieceOf,
  revertSubpolicy,
  stateOfSubpolicy,
  useDocument,
  useDocumentActions,
} from '../../document/index.ts';
import { Failure } from '../../look/feedback.tsx';
import { Status } from '../../look/status.tsx';
import { DiffList } from '../../publish/diff-list.tsx';
import styles from '../inspector.module.css';
import own from './subpolicy.module.css';
import { UpdateDialog } from './update-dialog.tsx';

interface Props {
  readonly id: string;
  readonly subpolicy: Subpolicy;
}

/** Where a sub-policy comes from, whether it still is what was taken over, and what can be done about that. */
export function SubpolicySection({ id, subpolicy }: Props) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const readOnly = useDocument((state) => state.readOnly);
  const policies = usePolicies();
  const base = useVersion(subpolicy.policy, subpolicy.version);
  const [updating, setUpdating] = useState<number | null>(null);
  const source = policies.data?.policies.find((one) => one.id === subpolicy.policy);
  const newer = newerThan(subpolicy.version, source?.published?.version);
  const isChanged = stateOfSubpolicy(policy, id) === 'changed';
  const original = base.data;
  return (
    <section className={own.source} aria-label="Where it comes from" data-field="subpolicy">
      <dl className={styles.facts}>
        <div className={styles.fact}>
          <dt>Taken over from</dt>
          <dd>
            <Origin subpolicy={subpolicy} name={source?.name} />
          </dd>
        </div>
        <div className={styles.fact}>
          <dt>Here</dt>
          <dd>
            <Status tone={isChanged ? 'warn' : 'good'}>{isChanged ? 'changed here' : 'as taken over'}</Status>
          </dd>
        </div>
        <div className={styles.fact}>
          <dt>Newest</dt>
          <dd>
            {policies.isPending ? (
              '…'
            ) : newer !== null ? (
              <Status tone="accent">v{newer} is out</Status>
            ) : (
              <span className="wb-muted">{tellNewest(source, subpolicy)}</span>
            )}
          </dd>
        </div>
      </dl>
      {base.isError && isChanged ? <Failure error={base.error} /> : null}
      {!readOnly && (
        <div className={own.actions}>
          {newer !== null && (
            <Button leftSection={<IconArrowUp size={15} />} onClick={() => setUpdating(newer)}>
              Update to v{newer}…
            </Button>
          )}
          {isChanged && original !== undefined && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={15} />}
              title={`As version ${original.version} was; what was changed here goes`}
              onClick={() => revertSubpolicy(document, id, original)}
            >
              Back to v{original.version}
            </Button>
          )}
          {source !== undefined && (
            <Button
              variant="default"
              component={Link}
              href={`/policies/${source.id}`}
              leftSection={<IconExternalLink size={15} />}
            >
              Open its policy
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconUnlink size={15} />}
            title="Its nodes stay as a plain group, which knows no version any more"
            onClick={() => detachSubpolicy(document, id)}
          >
            Let go
          </Button>
        </div>
      )}
      {isChanged && original !== undefined && <Differences id={id} original={original.policy} />}
      {updating !== null && (
        <UpdateDialog
          id={id}
          subpolicy={subpolicy}
          base={original?.policy}
          version={updating}
          onClose={() => setUpdating(null)}
        />
      )}
    </section>
  );
}

function Origin({
  subpolicy: { policy, version },
  name = policy,
}: Pick<Props, 'subpolicy'> & { readonly name: string | undefined }) {
  return version === null ? (
    <Link href={`/policies/${policy}`}>{name}, its draft</Link>
  ) : (
    <Link href={`/policies/${policy}/versions/${version}`}>
      {name} v{version}
    </Link>
  );
}

function tellNewest(
  source: { readonly published: object | null } | undefined,
  { version }: Subpolicy,
): string {
  if (source === undefined) return 'its policy was deleted';
  if (source.published === null) return 'not published yet';
  return version === null ? '' : `v${version}, this one`;
}

/** What decides otherwise here than in the version, in words. */
function Differences({ id, original }: { readonly id: string; readonly original: Policy }) {
  const policy = useDocument((state) => state.policy);
  const sides = useMemo(() => {
    const piece = pieceOf(policy, id);
    return piece === undefined ? undefined : { before: aboutAs(original, piece), after: piece };
  }, [policy, id, original]);
  const diff = useMemo(() => sides && diffPolicies(sides.before, sides.after), [sides]);
  if (sides === undefined || diff === undefined) return null;
  return (
    <div className={own.differences}>
      <h3 className={styles.caption}>Changed here</h3>
      <DiffList diff={diff} sides={sides} />
    </div>
  );
}

/** Only what decides is compared: names, notes and groups of the two documents are not. */
function aboutAs({ format, entry, nodes, classifiers, layout }: Policy, { id, name }: Policy): Policy {
  return { format, id, name, entry, nodes, ...(classifiers === undefined ? {} : { classifiers }), layout };
}
