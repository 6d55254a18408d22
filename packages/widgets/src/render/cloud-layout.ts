/** Something to place: its weight decides how large it is drawn. */
export interface CloudItem {
  readonly key: string;
  readonly weight: number;
  /** Width divided by height. */
  readonly aspectRatio: number;
}

/** A placed item: `x`, `y` is its centre, all in pixels. */
export interface PlacedItem {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

interface Room {
  readonly aspectRatio: number;
  /** Height that is set aside; the item is drawn at most this high. */
  readonly reserved: number;
  /** Height at which it was drawn last. */
  readonly drawn: number;
  readonly box: Box;
}

export interface CloudOptions {
  /** Free space between two items, px. Default 8. */
  readonly gap?: number;
  /** Smallest height at which an item is still drawn, px. Default 24. */
  readonly minHeight?: number;
}

/** Share of the area that the reserved boxes fill together. */
const FILL_RATIO = 0.56;
/** Room to grow before an item has to be placed again, and how far it may shrink before it gives room back. */
const HEADROOM = 1.18;
const SHRINK_RATIO = 0.62;
/** Height of the heaviest item at most, as a share of the area's shorter side. */
const LARGEST_RATIO = 0.58;
/** A size that changes less than this stays as it was: every change of it is a dozen paints. */
const STEADY_RATIO = 0.09;
/** The overall scale follows the demand only when it is off by more than this. */
const SCALE_TOLERANCE = 1.3;
/** Places tried for one item at one size. */
const TRY_COUNT = 2_500;
const BALANCE_WEIGHT = 1.2;
/** As far as an item moves while it can stay nearly as large as it should be. */
const NEAR_PX = 48;

/**
 * A cloud that stays where it is. Every item reserves a box a little larger than it is drawn and keeps its place while
 * it fits into it; only a box that must grow looks for room again, nearest first, and nobody else makes way. Boxes are
 * placed one by one where nothing lies yet, so they never overlap; what finds no room at its size is drawn smaller,
 * and left out when even the smallest size finds none.
 */
export class CloudLayout {
  readonly #gap: number;
  readonly #minHeight: number;
  #rooms = new Map<string, Room>();
  #width = 0;
  #height = 0;
  #scale = 0;

  constructor({ gap = 8, minHeight = 24 }: CloudOptions = {}) {
    this.#gap = gap;
    this.#minHeight = minHeight;
  }

  /** Places `items` in an area; keys must be unique. The heaviest come first in the answer. */
  update(items: readonly CloudItem[], width: number, height: number): PlacedItem[] {
    if (width <= 0 || height <= 0) return [];
    if (width !== this.#width || height !== this.#height) this.#rooms.clear();
    this.#width = width;
    this.#height = height;
    const byWeight = items.filter(({ weight }) => weight > 0).sort((left, right) => right.weight - left.weight);
    const heaviest = byWeight[0]?.weight ?? 0;
    this.#follow(byWeight, heaviest);

    const wanted = byWeight.map((item) => ({ item, height: this.#drawnHeight(item, heaviest) }));
    const kept = new Map<string, Room>();
    for (const { item, height: drawn } of wanted) {
      const room = this.#rooms.get(item.key);
      if (room !== undefined && this.#stillFits(room, item, drawn)) kept.set(item.key, keepSteady(room, drawn));
    }
    for (const { item, height: drawn } of wanted) {
      if (kept.has(item.key)) continue;
      const room = this.#findRoom(item, drawn, this.#rooms.get(item.key), kept);
      if (room !== undefined) kept.set(item.key, room);
    }
    this.#rooms = kept;
    return wanted.flatMap(({ item: { key, aspectRatio } }) => {
      const room = kept.get(key);
      if (room === undefined) return [];
      const { box, drawn } = room;
      return [{ key, x: box.x, y: box.y, width: drawn * aspectRatio, height: drawn }];
    });
  }

  /** Area grows with weight, so height grows with its root. */
  #drawnHeight({ weight, aspectRatio }: CloudItem, heaviest: number): number {
    const height = this.#scale * Math.sqrt(weight / heaviest);
    const widest = (this.#width * 0.8) / aspectRatio;
    return Math.max(this.#minHeight, Math.min(height, widest));
  }

  #follow(items: readonly CloudItem[], heaviest: number): void {
    if (heaviest === 0) return;
    const demand = items.reduce((sum, { weight, aspectRatio }) => sum + (weight / heaviest) * aspectRatio, 0);
    const filling = Math.sqrt((this.#width * this.#height * FILL_RATIO) / (demand * HEADROOM ** 2));
    const scale = Math.min(filling, Math.min(this.#width, this.#height) * LARGEST_RATIO);
    const ratio = this.#scale === 0 ? Infinity : Math.max(scale / this.#scale, this.#scale / scale);
    if (ratio > SCALE_TOLERANCE) this.#scale = scale;
  }

  #stillFits(room: Room, { aspectRatio }: CloudItem, drawn: number): boolean {
    if (room.aspectRatio !== aspectRatio) return false;
    return drawn <= room.reserved && drawn >= room.reserved * SHRINK_RATIO;
  }

  #findRoom(
    { aspectRatio }: CloudItem,
    drawn: number,
    previous: Room | undefined,
    taken: ReadonlyMap<string, Room>,
  ): Room | undefined {
    const boxes = [...taken.values()].map(({ box }) => box);
    const previousPlace = previous?.box;
    // A long way is a last resort: better a little too small where it was than at full size somewhere else.
    for (const reachPx of previousPlace === undefined ? [Infinity] : [NEAR_PX, Infinity]) {
      const smallest = Math.max(this.#minHeight, reachPx === Infinity ? 0 : drawn * SHRINK_RATIO);
      for (let reserved = drawn * HEADROOM; reserved >= smallest; reserved *= 0.86) {
        const [width, height] = [reserved * aspectRatio + this.#gap, reserved + this.#gap];
        const place = this.#bestFree(previousPlace, width, height, boxes, reachPx);
        if (place !== undefined) return { aspectRatio, reserved, drawn: Math.min(drawn, reserved), box: place };
      }
    }
    return undefined;
  }

  /** Tries the old place and a grid over the area; the free place with the lowest cost wins. */
  #bestFree(
    previous: Point | undefined,
    width: number,
    height: number,
    boxes: readonly Box[],
    reachPx: number,
  ): Box | undefined {
    if (width > this.#width || height > this.#height) return undefined;
    const cost = previous === undefined ? this.#newcomerCost(width * height, boxes) : distanceTo(previous);
    const step = Math.max(4, Math.sqrt((this.#width * this.#height) / TRY_COUNT));
    let best: Box | undefined;
    let bestCost = reachPx;
    const consider = (x: number, y: number): void => {
      const box = { x, y, width, height };
      const boxCost = cost(box);
      if (boxCost >= bestCost || boxes.some((other) => overlaps(box, other))) return;
      [best, bestCost] = [box, boxCost];
    };
    const [right, foot] = [this.#width - width / 2, this.#height - height / 2];
    if (previous !== undefined) consider(clamp(previous.x, width / 2, right), clamp(previous.y, height / 2, foot));
    for (let y = height / 2; y <= foot; y += step) {
      for (let x = width / 2; x <= right; x += step) consider(x, y);
    }
    return best;
  }

  /** A newcomer goes to the middle, measured in the area's own shape, and to the side that has less. */
  #newcomerCost(area: number, boxes: readonly Box[]): (place: Point) => number {
    const [middleX, middleY] = [this.#width / 2, this.#height / 2];
    const lean = { x: 0, y: 0, area };
    for (const box of boxes) {
      lean.x += (box.x / middleX - 1) * box.width * box.height;
      lean.y += (box.y / middleY - 1) * box.width * box.height;
      lean.area += box.width * box.height;
    }
    return ({ x, y }) => {
      const [offX, offY] = [x / middleX - 1, y / middleY - 1];
      const imbalance = Math.hypot(lean.x + offX * area, lean.y + offY * area) / lean.area;
      return Math.hypot(offX, offY) + BALANCE_WEIGHT * imbalance;
    };
  }
}

function keepSteady(room: Room, drawn: number): Room {
  return Math.abs(drawn / room.drawn - 1) < STEADY_RATIO ? room : { ...room, drawn };
}

function distanceTo(from: Point): (place: Point) => number {
  return ({ x, y }) => Math.hypot(x - from.x, y - from.y);
}

function overlaps(left: Box, right: Box): boolean {
  return (
    Math.abs(left.x - right.x) * 2 < left.width + right.width - 1e-6 &&
    Math.abs(left.y - right.y) * 2 < left.height + right.height - 1e-6
  );
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
