/** The Backbone-like models that WhatsApp Web's own code is made of, as far as whatsapp-web.js listens to them. */

type Listener = (...given: never[]) => void;

export class Events {
  readonly #listeners = new Map<string, Set<Listener>>();

  on(names: string, listener: Listener): this {
    for (const name of names.split(' ')) {
      const listeners = this.#listeners.get(name) ?? new Set();
      this.#listeners.set(name, listeners.add(listener));
    }
    return this;
  }
  off(names: string, listener: Listener): this {
    for (const name of names.split(' ')) this.#listeners.get(name)?.delete(listener);
    return this;
  }
  once(name: string, listener: Listener): this {
    const first: Listener = (...given) => {
      this.off(name, first);
      listener(...given);
    };
    return this.on(name, first);
  }
  trigger(name: string, ...given: unknown[]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(...(given as never[]));
      } catch (error) {
        console.error('A listener failed.', name, error);
      }
    }
  }
}

export type Attributes = Record<string, unknown>;

/** Attributes stand on the model itself, as the library reads them. */
export class Model extends Events {
  [attribute: string]: unknown;
  #collection: Events | undefined;

  constructor(attributes: Attributes = {}) {
    super();
    Object.assign(this, attributes);
  }
  /** Its news is the first collection's too; a chat's own list hears nothing. */
  joins(collection: Events): void {
    this.#collection ??= collection;
  }
  set(attributes: Attributes): this {
    const changed = Object.entries(attributes).filter(([name, value]) => this[name] !== value);
    for (const [name, value] of changed) {
      const before = this[name];
      this[name] = value;
      this.#tell(`change:${name}`, value, before);
    }
    if (changed.length > 0) this.#tell('change');
    return this;
  }
  #tell(name: string, ...given: unknown[]): void {
    this.trigger(name, this, ...given);
    this.#collection?.trigger(name, this, ...given);
  }
  serialize(): Attributes {
    return { ...this };
  }
  unsafe(): this {
    return this;
  }
}

export type Key = string | { readonly _serialized: string };
export const keyOf = (id: Key): string => (typeof id === 'string' ? id : id._serialized);

export class Collection<M extends Model = Model> extends Events {
  readonly #models = new Map<string, M>();

  get(id: Key): M | undefined {
    return this.#models.get(keyOf(id));
  }
  getModelsArray(): M[] {
    return [...this.#models.values()];
  }
  get length(): number {
    return this.#models.size;
  }
  /** Puts the model in without a word, as what is loaded from the disk is. */
  put(model: M): M {
    const known = this.get(model.id as Key);
    if (known) return known;
    model.joins(this);
    this.#models.set(keyOf(model.id as Key), model);
    return model;
  }
  add(model: M): M {
    const stands = this.put(model);
    if (stands === model) this.trigger('add', model);
    return stands;
  }
}
