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
  /** The newest slice that holds the name, and its place there: where most events look. */
  readonly #newest: number[] = [];
  readonly #newestPlace: number[] = [];
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
   * Where a name is in the list of a slice; −1 where it is not in it.
   *
   * @param index of the slice @param list entries of `width` numbers, the first of which is a name's
   */
  find(index: number, list: readonly number[], width: number, name: string): number {
    const id = this.#ids.get(name);
    return id === undefined ? -1 : this.#find(index, list, width, id);
  }

  /** Where a name is in the list of a slice; one that is new there comes at the end, with zeros behind its number. */
  placeIn(index: number, list: number[], width: number, name: string): number {
    const id = this.#ids.get(name);
    if (id === undefined) return this.#introduce(index, list, width, name);
    const place = this.#find(index, list, width, id);
    if (place !== -1) return place;
    if ((this.#newest[id] as number) < index) {
      this.#newest[id] = index;
      this.#newestPlace[id] = list.length;
    }
    this.#holders[id] = (this.#holders[id] as number) + 1;
    return append(list, width, id);
  }

  /** Only in a slice that is older than the newest with that name has one to look. */
  #find(index: number, list: readonly number[], width: number, id: number): number {
    const newest = this.#newest[id] as number;
    if (newest <= index) return newest === index ? (this.#newestPlace[id] as number) : -1;
    for (let place = 0; place < list.length; place += width) if (list[place] === id) return place;
    return -1;
  }

  /** A slice lets go of the names in its list. */
  release(list: readonly number[], width: number): void {
    for (let place = 0; place < list.length; place += width) {
      const id = list[place] as number;
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

  #introduce(index: number, list: number[], width: number, name: string): number {
    const id = this.#free.pop() ?? this.#names.length;
    const place = append(list, width, id);
    this.#ids.set(name, id);
    this.#names[id] = name;
    this.#holders[id] = 1;
    this.#newest[id] = index;
    this.#newestPlace[id] = place;
    this.#metIn[id] = 0;
    this.#place[id] = 0;
    return place;
  }
}

function append(list: number[], width: number, id: number): number {
  const place = list.push(id) - 1;
  while (list.length < place + width) list.push(0);
  return place;
}
