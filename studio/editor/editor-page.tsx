import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Policy } from '#engine/policy/index.ts';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { queryKeys, usePolicy, useVersion } from '../client/queries.ts';
import { useModels } from '../client/use-models.ts';
import { createDocument, DocumentProvider, type PolicyDocument, targetViewOf } from '../document/index.ts';
import { Failure } from '../look/feedback.tsx';
import { Page } from '../look/page.tsx';
import { PageSkeleton } from '../look/page-skeleton.tsx';
import { usePermission } from '../people/use-permission.ts';
import { EditorFrame } from './editor-frame.tsx';

interface Props {
  readonly id: string;
  /** A published version to look at; `null` edits the draft. */
  readonly version: number | null;
}

/** The editor of one policy: its draft, or a version to look at. */
export function EditorPage({ id, version }: Props) {
  const policy = usePolicy(id);
  const shown = useVersion(id, version);
  const error = policy.error ?? shown.error;
  if (error !== null && policy.data === undefined) return <Missing error={error} />;
  if (shown.isError) return <Missing error={shown.error} />;
  if (policy.data === undefined || (version !== null && shown.data === undefined)) return <PageSkeleton />;
  return <OpenPolicy envelope={policy.data} shown={shown.data?.policy ?? null} version={version} />;
}

function Missing({ error }: { readonly error: unknown }) {
  return (
    <Page title="Policy">
      <Failure error={error} />
      <div>
        <Button component={Link} href="/policies" variant="default">
          All policies
        </Button>
      </div>
    </Page>
  );
}

interface OpenProps {
  readonly envelope: PolicyEnvelope;
  readonly shown: Policy | null;
  readonly version: number | null;
}

/** Opens the document once; later answers of the server never touch what is being edited. */
function OpenPolicy({ envelope, shown, version }: OpenProps) {
  const mayEdit = usePermission('policies.edit').allowed;
  const isReadOnly = shown !== null || envelope.origin === 'file' || !mayEdit;
  const [document] = useState(() => openDocument(envelope, shown, isReadOnly));
  useTargets(document);
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [latest, setLatest] = useState(envelope);
  const actions = useMemo(
    () => ({
      onEnvelope: (next: PolicyEnvelope) => {
        setLatest(next);
        void client.invalidateQueries({ queryKey: queryKeys.policies });
      },
      onOpenPolicy: (id: string) => navigate(`/policies/${id}`),
    }),
    [client, navigate],
  );
  return (
    <DocumentProvider document={document}>
      <EditorFrame envelope={latest} version={version} {...actions} />
    </DocumentProvider>
  );
}

function openDocument(envelope: PolicyEnvelope, shown: Policy | null, readOnly: boolean): PolicyDocument {
  return createDocument(shown ?? envelope.policy, {
    revision: envelope.revision,
    readOnly,
    ...(readOnly ? {} : { storage: window.localStorage }),
  });
}

/** The checker learns which models there are as soon as the catalogue is here. */
function useTargets(document: PolicyDocument): void {
  const { byId } = useModels();
  useEffect(() => {
    if (byId.size > 0) document.setTargets(targetViewOf(byId));
  }, [document, byId]);
}
