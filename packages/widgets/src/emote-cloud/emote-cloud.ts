import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { StoreChange } from "../live/stream-store.js";
import { CloudLayout, type PlacedItem } from "../render/cloud-layout.js";
import { emoteImageUrl } from "../render/emote-image.js";
import { animateBriefly, prefersStillness } from "../render/motion.js";
import { isDimmed, signalChip, signalWords } from "../render/signal-chip.js";
import { textWidth } from "../render/text-width.js";
import { StreamWidget } from "../source/stream-widget.js";
import { baseStyles } from "../theme/base.styles.js";
import { BASE_PX, CHIP_HUES, CHIP_TEXT_PX, emoteCloudStyles } from "./emote-cloud.styles.js";
import { tallyEmotes, type TalliedEmote } from "./emote-tally.js";

const DEFAULT_MAX = 24;
const CHIP_PADDING_PX = 44;
/** Smallest height in em: that of a word whose letters are one em. */
const MIN_HEIGHT_EM = BASE_PX / CHIP_TEXT_PX;
const GAP_EM = 0.4;
/** A longer way than this is not travelled: the emote appears at its new place instead. */
const LONGEST_MOVE_PX = 80;
const ENTER_MS = 280;
const LEAVE_MS = 200;
const DECELERATE = "cubic-bezier(0.2, 0.8, 0.2, 1)";

interface ShownEmote {
  readonly emote: TalliedEmote;
  readonly item: PlacedItem;
  /** Fades out where it was; no longer part of the layout. */
  readonly isLeaving: boolean;
}

/**
 * The emotes of the last 60 seconds, larger the more they are used. Every emote keeps its place while it is on screen.
 * Drawn as pictures where an address is known, as words where none is or where it does not load.
 *
 * @tag tm-emote-cloud
 * @attr {string} for - Id of the `<tm-source>` to follow; default: the one around or beside it
 * @attr {number} max - Emotes shown at most; default 24
 * @event {TmStateEvent} tm-state - The connection changed
 * @event {TmMomentEvent} tm-moment - A moment opened, grew or closed
 * @csspart cloud - The area
 * @csspart emote - Each emote
 * @csspart chip - An emote drawn as a word
 * @csspart signal - The sign shown while the numbers are not live
 * @cssproperty --tm-ink - Words
 * @cssproperty --tm-plate - Behind words
 * @cssproperty --tm-line - Edge of words
 * @cssproperty --tm-font - Font family
 * @cssproperty --tm-font-min - Smallest size of the scale; one em is the smallest text
 * @cssproperty --tm-font-max - Largest size of the scale
 */
export class EmoteCloud extends StreamWidget {
  static override styles: CSSResultGroup = [baseStyles, emoteCloudStyles];

  @property({ type: Number }) max = DEFAULT_MAX;

  @state() private size = { width: 0, height: 0 };
  @query(".cloud") private readonly cloud!: HTMLElement;

  #emotes: readonly TalliedEmote[] = [];
  #shown: ReadonlyMap<string, ShownEmote> = new Map();
  #layout = new CloudLayout();
  #isPruning = false;
  /** By address of a picture: its width by its height, or `"broken"` when it did not load. */
  readonly #pictures = new Map<string, number | "broken">();
  readonly #places = new WeakMap<
    Element,
    { readonly transform: string; readonly left: number; readonly top: number }
  >();
  readonly #resizes = new ResizeObserver(([entry]) => this.#measure(entry?.contentRect));

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resizes.observe(this.cloud);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.cloud);
  }

  protected override onStoreChange(change: StoreChange): void {
    if (change.type !== "reset" && change.type !== "metrics") return;
    const frame = this.live.store?.metrics?.top_emotes ?? [];
    this.#emotes = tallyEmotes(change.type === "reset" ? [] : this.#emotes, frame, this.max);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const emotes = new Map(this.#emotes.map((emote) => [emote.name, emote]));
    const items = this.#emotes.map((emote) => {
      return { key: emote.name, weight: emote.weight, aspectRatio: this.#aspectRatio(emote) };
    });
    const shown = new Map<string, ShownEmote>();
    for (const item of this.#layout.update(items, this.size.width, this.size.height)) {
      const emote = emotes.get(item.key);
      if (emote !== undefined) shown.set(item.key, { emote, item, isLeaving: false });
    }
    for (const [name, before] of this.#shown) {
      if (shown.has(name)) continue;
      shown.set(name, { ...before, isLeaving: true });
      this.#pruneLater();
    }
    this.#shown = shown;
  }

  protected override render(): TemplateResult {
    const { signal } = this.live;
    const isEmpty = this.#emotes.length === 0 && signal === "live";
    return html`
      <div class="root">
        <div class="cloud ${isDimmed(signal) ? "dimmed" : ""}" part="cloud" role="img" aria-label=${this.#summary()}>
          ${repeat(
            this.#shown.values(),
            ({ emote }) => emote.name,
            (shown) => this.#emote(shown),
          )}
        </div>
        ${isEmpty ? html`<div class="empty"><span>No emotes in the last minute</span></div>` : nothing}
        <div class="status">${signalChip(signal)}</div>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const element of this.cloud.children) this.#place(element as HTMLElement);
  }

  #emote({ emote, item, isLeaving }: ShownEmote): TemplateResult {
    const { name, url } = emote;
    const picture = this.#picture(emote, item.height);
    return html`<div class="emote ${isLeaving ? "leaving" : ""}" part="emote" data-name=${name}>
      ${
        picture === undefined
          ? html`<span class="chip" part="chip" data-hue=${hueOf(name)}>${name}</span>`
          : html`<img
              src=${picture}
              alt=""
              @load=${({ target }: Event) => this.#learn(url, ratioOf(target as HTMLImageElement))}
              @error=${() => this.#learn(url, "broken")}
            />`
      }
    </div>`;
  }

  /** Writes the place as a style, only when it changed: the same frame again must paint nothing. */
  #place(element: HTMLElement): void {
    const shown = this.#shown.get(element.dataset["name"] ?? "");
    if (shown === undefined || shown.isLeaving) return;
    const { x, y, width, height } = shown.item;
    const scale = height / BASE_PX;
    const left = round(x - width / 2);
    const top = round(y - height / 2);
    const inlineSize = `${round(width / scale)}px`;
    const transform = `translate(${left}px, ${top}px) scale(${round(scale)})`;
    if (element.style.inlineSize !== inlineSize) element.style.inlineSize = inlineSize;
    const before = this.#places.get(element);
    if (before?.transform === transform) return;
    this.#places.set(element, { transform, left, top });
    element.style.transform = transform;
    if (before === undefined) {
      const keyframes = [
        { transform: "scale(0.5)", opacity: 0 },
        { transform: "none", opacity: 1 },
      ];
      animateBriefly(element.firstElementChild, keyframes, { duration: ENTER_MS, easing: DECELERATE });
    } else if (Math.hypot(left - before.left, top - before.top) > LONGEST_MOVE_PX) {
      for (const travel of element.getAnimations()) travel.finish();
      animateBriefly(element, [{ opacity: 0 }, { opacity: 1 }], { duration: ENTER_MS });
    }
  }

  /** The address to load, or undefined when the emote is drawn as a word. */
  #picture({ url }: TalliedEmote, height: number): string | undefined {
    if (url === undefined || this.#pictures.get(url) === "broken") return undefined;
    // In steps, so that a picture which breathes a little is not loaded anew.
    const drawnPx = Math.ceil(height / BASE_PX) * BASE_PX * (globalThis.devicePixelRatio ?? 1);
    return emoteImageUrl(url, drawnPx, prefersStillness());
  }

  #aspectRatio(emote: TalliedEmote): number {
    if (this.#picture(emote, BASE_PX) === undefined) {
      const family = this.hasUpdated ? getComputedStyle(this.cloud).fontFamily : "sans-serif";
      return (textWidth(emote.name, `700 ${CHIP_TEXT_PX}px ${family}`) + CHIP_PADDING_PX) / BASE_PX;
    }
    const ratio = this.#pictures.get(emote.url ?? "");
    return typeof ratio === "number" ? ratio : 1;
  }

  #learn(url: string | undefined, ratio: number | "broken"): void {
    if (url === undefined || this.#pictures.get(url) === ratio) return;
    this.#pictures.set(url, ratio);
    this.requestUpdate();
  }

  #pruneLater(): void {
    if (this.#isPruning) return;
    this.#isPruning = true;
    setTimeout(() => {
      this.#isPruning = false;
      this.#shown = new Map([...this.#shown].filter(([, { isLeaving }]) => !isLeaving));
      this.requestUpdate();
    }, LEAVE_MS);
  }

  #measure(rect: DOMRectReadOnly | undefined): void {
    if (rect === undefined) return;
    const { width, height } = this.size;
    if (width === rect.width && height === rect.height) return;
    const em = Number.parseFloat(getComputedStyle(this.cloud).fontSize);
    this.#layout = new CloudLayout({ gap: GAP_EM * em, minHeight: MIN_HEIGHT_EM * em });
    this.size = { width: rect.width, height: rect.height };
  }

  #summary(): string {
    const { signal } = this.live;
    const names = this.#emotes.slice(0, 5).map(({ name }) => name);
    return `${signalWords(signal)}${names.length === 0 ? "No emotes" : `Most used emotes: ${names.join(", ")}`}.`;
  }
}

/** The same word has the same colour on every screen. */
function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % CHIP_HUES.length;
}

function ratioOf({ naturalWidth, naturalHeight }: HTMLImageElement): number {
  return naturalHeight > 0 ? Math.round((naturalWidth / naturalHeight) * 100) / 100 : 1;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

declare global {
  interface HTMLElementTagNameMap {
    "tm-emote-cloud": EmoteCloud;
  }
}
