/**
 * The names in use in one stream, each under a small number. Slices keep numbers and windows add numbers up: a name
 * is hashed once when it comes, not again in each of the windows that overlap on it.
 *
 * A number is free again when no slice holds it any more.
 */
export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  /** How many slices hold the name. */
  readonly #holders: number[] = [];
  /** The newest slice that holds the name, and its slot there: where most events look. */
  readonly #newest: number[] = [];
  readonly #newestSlot: number[] = [];
  readonly #free: number[] = [];
  /** The sum in which the name was met last, and its place in that sum. */
  readonly #metIn: number[] = [];
  readonly #place: number[] = [];
  #sums = 0;

  /** Names held. */
  get size(): number {
    return this.#ids.size;
  }

  idOf(name: string): number | undefined {
    return this.#ids.get(name);
  }

  nameOf(id: number): string {
    return this.#names[id] as string;
  }

  /**
   * The slot of a name in a slice; a name that is new there gets the next one.
   *
   * @param index of the slice @param ids the names of the slice, by slot
   */
  slotIn(index: number, ids: number[], name: string): number {
    const known = this.#ids.get(name);
    if (known === undefined) return this.#introduce(index, ids, name);
    const newest = this.#newest[known] as number;
    if (newest === index) return this.#newestSlot[known] as number;
    if (newest > index) {
      const slot = ids.indexOf(known);
      if (slot !== -1) return slot;
    } else {
      this.#newest[known] = index;
      this.#newestSlot[known] = ids.length;
    }
    this.#holders[known] = (this.#holders[known] as number) + 1;
    return ids.push(known) - 1;
  }

  /** A slice lets go of its names. */
  release(ids: readonly number[]): void {
    for (const id of ids) {
      const holders = (this.#holders[id] as number) - 1;
      this.#holders[id] = holders;
      if (holders > 0) continue;
      this.#ids.delete(this.nameOf(id));
      this.#names[id] = "";
      this.#free.push(id);
    }
  }

  /** Begins to add slices up: `placeInSum` then tells each name once what place it has. */
  beginSum(): void {
    this.#sums += 1;
  }

  /** The place of a name in the sum that was begun last; `next` for one that was not met in it yet. */
  placeInSum(id: number, next: number): number {
    if (this.#metIn[id] === this.#sums) return this.#place[id] as number;
    this.#metIn[id] = this.#sums;
    this.#place[id] = next;
    return next;
  }

  #introduce(index: number, ids: number[], name: string): number {
    const id = this.#free.pop() ?? this.#names.length;
    const slot = ids.push(id) - 1;
    this.#ids.set(name, id);
    this.#names[id] = name;
    this.#holders[id] = 1;
    this.#newest[id] = index;
    this.#newestSlot[id] = slot;
    this.#metIn[id] = 0;
    this.#place[id] = 0;
    return slot;
  }
}
