/**
 * The names of emotes in use, in whatever stream, each under a small number. Slices keep numbers and windows add numbers
 * up. One table for all streams: what many chats use is near when it is looked for.
 *
 * A number is free again when nobody holds it any more.
 */
export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #holders: number[] = [];
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

  /** The number of a name, which has one more holder now. */
  take(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) {
      this.hold(known);
      return known;
    }
    const id = this.#free.pop() ?? this.#names.length;
    this.#ids.set(name, id);
    this.#names[id] = name;
    this.#holders[id] = 1;
    this.#metIn[id] = 0;
    this.#place[id] = 0;
    return id;
  }

  /** One more holds the name. */
  hold(id: number): void {
    this.#holders[id] = (this.#holders[id] as number) + 1;
  }

  /** One holder lets go of the name. */
  release(id: number): void {
    const holders = (this.#holders[id] as number) - 1;
    this.#holders[id] = holders;
    if (holders > 0) return;
    this.#ids.delete(this.nameOf(id));
    this.#names[id] = "";
    this.#free.push(id);
  }

  /** Begins to add up: `placeInSum` then tells each name once what place it has. */
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
}
