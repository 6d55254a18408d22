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

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Room {
  readonly aspectRatio: number;
  /** Height that is set aside; the item is drawn at most this high. */
  readonly reserved: number;
  readonly box: Box;
}

export interface CloudOptions {
  /** Free space between two items, px. Default 8. */
  readonly gap?: number;
  /** Smallest height at which an item is still drawn, px. Default 24. */
  readonly minHeight?: number;
}

/** Share of the area that the reserved boxes fill together. */
const FILL_RATIO = 0.5;
/** Room to grow before an item has to be placed again, and how far it may shrink before it gives room back. */
const HEADROOM = 1.18;
const SHRINK_RATIO = 0.62;
/** Height of the heaviest item at most, as a share of the area's shorter side. */
const LARGEST_RATIO = 0.46;
/** The overall scale follows the demand only when it is off by more than this. */
const SCALE_TOLERANCE = 1.3;
const SEARCH_STEP = 6;

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
      if (room !== undefined && this.#stillFits(room, item, drawn)) kept.set(item.key, room);
    }
    for (const { item, height: drawn } of wanted) {
      if (kept.has(item.key)) continue;
      const room = this.#findRoom(item, drawn, this.#rooms.get(item.key), kept);
      if (room !== undefined) kept.set(item.key, room);
    }
    this.#rooms = kept;
    return wanted.flatMap(({ item, height: drawn }) => {
      const room = kept.get(item.key);
      if (room === undefined) return [];
      const fitted = Math.min(drawn, room.reserved);
      return [{ key: item.key, x: room.box.x, y: room.box.y, width: fitted * item.aspectRatio, height: fitted }];
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
    const from = previous?.box ?? { x: this.#width / 2, y: this.#height / 2 };
    for (let reserved = drawn * HEADROOM; reserved >= this.#minHeight; reserved *= 0.86) {
      const place = this.#nearestFree(from, reserved * aspectRatio + this.#gap, reserved + this.#gap, boxes);
      if (place !== undefined) return { aspectRatio, reserved, box: place };
    }
    return undefined;
  }

  /** Walks outwards on ellipses shaped like the area, so that the cloud takes the area's shape. */
  #nearestFree(from: { x: number; y: number }, width: number, height: number, boxes: readonly Box[]): Box | undefined {
    const [halfWidth, halfHeight] = [width / 2, height / 2];
    if (width > this.#width || height > this.#height) return undefined;
    const stretch = Math.min(2.5, Math.max(0.4, this.#width / this.#height));
    const reach = Math.hypot(this.#width, this.#height);
    for (let radius = 0; radius <= reach; radius += SEARCH_STEP) {
      const count = radius === 0 ? 1 : Math.ceil((2 * Math.PI * radius) / SEARCH_STEP / 2);
      for (let turn = 0; turn < count; turn++) {
        const angle = (2 * Math.PI * turn) / count;
        const box = {
          x: clamp(from.x + radius * Math.sqrt(stretch) * Math.cos(angle), halfWidth, this.#width - halfWidth),
          y: clamp(from.y + (radius / Math.sqrt(stretch)) * Math.sin(angle), halfHeight, this.#height - halfHeight),
          width,
          height,
        };
        if (!boxes.some((other) => overlaps(box, other))) return box;
      }
    }
    return undefined;
  }
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
