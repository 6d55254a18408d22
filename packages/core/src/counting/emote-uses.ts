import type { NameTable } from "./name-table.js";

/** An emote's entry: its number and how often it was used. */
const WIDTH = 2;
/** A list of so many emotes is looked through; of more there is an index. */
const MAX_LOOKED_THROUGH = 16;

/** Never added to. */
const NO_USES: number[] = [];

/** How often each emote was used in one slice. */
export class EmoteUses {
  readonly #names: NameTable;
  /** The number of an emote and its count, again and again. */
  entries: number[] = NO_USES;
  /** Pictures, by the place of the emote in the entries. */
  urls: (string | undefined)[] | undefined;
  #places: Map<number, number> | undefined;

  constructor(names: NameTable) {
    this.#names = names;
  }

  /** Different emotes. */
  get size(): number {
    return this.entries.length / WIDTH;
  }

  /** @param limit different emotes kept; returns false for one that found no place */
  add(name: string, count: number, url: string | undefined, limit: number): boolean {
    const id = this.#names.idOf(name);
    let place = id === undefined ? -1 : this.#placeOf(id);
    if (place === -1) {
      if (this.size >= limit) return false;
      if (id !== undefined) this.#names.hold(id);
      place = this.#append(id ?? this.#names.take(name));
    }
    this.entries[place + 1] = (this.entries[place + 1] as number) + count;
    if (url !== undefined) {
      this.urls ??= [];
      this.urls[place] = smallerUrl(this.urls[place], url);
    }
    return true;
  }

  #append(id: number): number {
    const place = this.entries.length;
    // Most slices of a slow chat hold one or two: a list that begins with its first takes a quarter of the room.
    if (place === 0) this.entries = [id, 0];
    else this.entries.push(id, 0);
    this.#index(place);
    return place;
  }

  #placeOf(id: number): number {
    if (this.#places !== undefined) return this.#places.get(id) ?? -1;
    const { entries } = this;
    for (let place = 0; place < entries.length; place += WIDTH) if (entries[place] === id) return place;
    return -1;
  }

  #index(newPlace: number): void {
    const { entries } = this;
    if (entries.length <= MAX_LOOKED_THROUGH * WIDTH) return;
    if (this.#places === undefined) {
      this.#places = new Map();
      for (let place = 0; place < newPlace; place += WIDTH) this.#places.set(entries[place] as number, place);
    }
    this.#places.set(entries[newPlace] as number, newPlace);
  }

  /** Each emote with its uses and its picture, in the order in which they came. */
  *[Symbol.iterator](): IterableIterator<readonly [name: string, count: number, url: string | undefined]> {
    const { entries } = this;
    for (let place = 0; place < entries.length; place += WIDTH) {
      yield [this.#names.nameOf(entries[place] as number), entries[place + 1] as number, this.urls?.[place]];
    }
  }

  /** Lets go of the names: nothing may be asked afterwards. */
  release(): void {
    const { entries } = this;
    for (let place = 0; place < entries.length; place += WIDTH) this.#names.release(entries[place] as number);
  }
}

/** Of two addresses the smaller one wins, so that the order of arrival does not show in a row. */
export function smallerUrl(known: string | undefined, url: string): string {
  return known === undefined || url < known ? url : known;
}
