import type { Catalogue } from '#engine/catalogue/index.ts';
import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { checkPolicy, hasErrors, type Policy, reachableFrom } from '#engine/policy/index.ts';
import { matchModel } from './match-model.ts';
import {
  type ImportedPolicy,
  ImportProblem,
  type LeftBehind,
  type NamedModel,
  type PolicyFormatName,
} from './outcome.ts';
import { placeNodes } from './place-nodes.ts';

const mostNodes = 500;

/** A policy as it is put together from a foreign configuration, and what is said about it on the way. */
export class PolicyDraft {
  readonly #catalogue: Catalogue;
  readonly #nodes = new Map<NodeId, PolicyNode>();
  readonly #left: LeftBehind[] = [];
  readonly #models: NamedModel[] = [];

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  get catalogue(): Catalogue {
    return this.#catalogue;
  }

  /** Adds a node under an id made from what it is called. */
  add(name: string, node: PolicyNode): NodeId {
    if (this.#nodes.size >= mostNodes)
      throw new ImportProblem('', `It would become a policy of more than ${mostNodes} nodes.`);
    const id = this.#freeId(name);
    this.#nodes.set(id, node);
    return id;
  }

  /** Says once what does not come across. */
  leave(path: string, why: string, instead: string): void {
    const isKnown = this.#left.some((one) => one.path === path && one.why === why);
    if (!isKnown) this.#left.push({ path, why, instead });
  }

  /** The target that a model's name stands for; an unknown one is kept and told. */
  target(name: string, provider: string | null, path: string): string {
    const { target, how } = matchModel(name, provider, this.#catalogue);
    const isKnown = this.#models.some((one) => one.path === path && one.name === name);
    if (!isKnown) this.#models.push({ path, name, target, how });
    if (how === 'unknown') {
      this.leave(
        path,
        `The catalogue knows no model "${name}"${provider === null ? '' : ` of ${provider}`}, so it has no price.`,
        'Choose another model, or state this one and its price under Models.',
      );
    }
    return target;
  }

  /** @throws {ImportProblem} where nothing that could serve came across. */
  build(format: PolicyFormatName, name: string, description: string, entry: NodeId): ImportedPolicy {
    const all = Object.fromEntries(this.#nodes);
    const title = name.slice(0, 120);
    const bare: Policy = {
      format: 1,
      id: slug(name, 'imported'),
      name: title,
      description,
      entry,
      nodes: all,
      layout: {},
    };
    // What only a part led to that did not come across is left out too.
    const reached = reachableFrom(bare, entry);
    const nodes = Object.fromEntries(Object.entries(all).filter(([id]) => reached.has(id)));
    const policy = { ...bare, nodes, layout: placeNodes({ ...bare, nodes }) };
    const diagnostics = checkPolicy(policy);
    const [first] = diagnostics.filter(({ severity }) => severity === 'error');
    if (hasErrors(diagnostics))
      throw new ImportProblem('', `What came of it is no policy that works: ${first?.message ?? ''}`);
    return { format, policy, left_behind: this.#left, models: this.#models };
  }

  #freeId(name: string): NodeId {
    const wish = slug(name, 'node');
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? wish : `${wish}-${number}`;
      if (!this.#nodes.has(id)) return id;
    }
  }
}

/** An id made from a name: lower-case letters, digits and dashes. */
export function slug(name: string, otherwise: string): string {
  const bare = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return bare === '' || bare === 'constructor' ? otherwise : bare;
}

/** Text that fits a label. */
export function labelOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line || 'unnamed';
}
