import { isWireObject, textOf, type WireObject } from '../../wire-value.ts';
import type { EventSink } from '../neutral-answer.ts';
import type { ToolNames } from './tool-names.ts';

interface Call {
  readonly id: string;
  readonly part: number;
  /** Known once its name is: a part cannot begin without. */
  begun: boolean;
  held: string;
}

/**
 * Reads `delta.tool_calls`. OpenAI gives id and name once and counts calls by `index`. Servers that speak its dialect
 * leave the index out, give several calls the same one, or repeat the id with every delta; a new id is a new call.
 */
export class ToolCallReader {
  readonly #sink: EventSink;
  readonly #nextPart: () => number;
  readonly #names: ToolNames | undefined;
  readonly #byIndex = new Map<number, Call>();
  readonly #calls: Call[] = [];

  constructor(sink: EventSink, nextPart: () => number, names: ToolNames | undefined) {
    this.#sink = sink;
    this.#nextPart = nextPart;
    this.#names = names;
  }

  get count(): number {
    return this.#calls.length;
  }

  read(delta: WireObject): void {
    const spec = isWireObject(delta.function) ? delta.function : {};
    const call = this.#callFor(delta);
    const name = textOf(spec.name);
    if (!call.begun && name !== '') this.#begin(call, name);
    const args = isWireObject(spec.arguments) ? JSON.stringify(spec.arguments) : textOf(spec.arguments);
    if (args === '') return;
    if (call.begun) this.#sink({ kind: 'delta', part: call.part, text: args });
    else call.held += args;
  }

  /** Ends every call. One whose name never came begins without, so that its arguments are not lost. */
  end(): void {
    for (const call of this.#calls) {
      if (!call.begun) this.#begin(call, '');
      this.#sink({ kind: 'part_end', part: call.part });
    }
  }

  #callFor(delta: WireObject): Call {
    const id = textOf(delta.id);
    const index = typeof delta.index === 'number' ? delta.index : undefined;
    const known = index === undefined ? this.#byId(id) : this.#byIndex.get(index);
    if (known !== undefined && (id === '' || id === known.id)) return known;
    const fresh = {
      id: id || `call_${this.#calls.length}`,
      part: this.#nextPart(),
      begun: false,
      held: '',
    };
    this.#calls.push(fresh);
    this.#byIndex.set(index ?? this.#calls.length - 1, fresh);
    return fresh;
  }

  /** Without an index: the call of that id, and without an id the last one. */
  #byId(id: string): Call | undefined {
    return id === '' ? this.#calls.at(-1) : this.#calls.find((call) => call.id === id);
  }

  #begin(call: Call, name: string): void {
    call.begun = true;
    this.#sink({
      kind: 'part_start',
      part: call.part,
      start: { kind: 'tool_call', id: call.id, name: this.#names?.restore(name) ?? name },
    });
    if (call.held !== '') this.#sink({ kind: 'delta', part: call.part, text: call.held });
    call.held = '';
  }
}
