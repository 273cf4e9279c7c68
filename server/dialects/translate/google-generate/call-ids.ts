/**
 * Ids for function calls. Google's clients need not give any: a result belongs to the earliest call of its name that has
 * none yet. Made from the place in the conversation, so that the same conversation has the same ids every turn and
 * prompt caches hold.
 */
export class CallIds {
  readonly #open: { readonly name: string; readonly id: string }[] = [];
  #made = 0;

  ofCall(name: string, given: string | undefined): string {
    const id = given === undefined || given === '' ? this.#make() : given;
    this.#open.push({ name, id });
    return id;
  }

  ofResult(name: string, given: string | undefined): string {
    const at = this.#open.findIndex((call) =>
      given === undefined || given === '' ? call.name === name : call.id === given,
    );
    const [call] = at < 0 ? [] : this.#open.splice(at, 1);
    return call?.id ?? (given === undefined || given === '' ? this.#make() : given);
  }

  #make(): string {
    this.#made += 1;
    return `call_${this.#made}`;
  }
}
