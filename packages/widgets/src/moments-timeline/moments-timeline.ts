import type { Moment } from "@telemetra/core";
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { decodeEmotes } from "../live/decode-message.js";
import type { StoreChange } from "../live/stream-store.js";
import { emoteImageUrl } from "../render/emote-image.js";
import { formatAge, formatLength } from "../render/format-age.js";
import { formatCount } from "../render/format-number.js";
import { icon } from "../render/icons.js";
import { momentKind } from "../render/moment-kind.js";
import { animateBriefly, prefersStillness } from "../render/motion.js";
import { isDimmed, signalChip } from "../render/signal-chip.js";
import { StreamWidget } from "../source/stream-widget.js";
import { baseStyles } from "../theme/base.styles.js";
import { momentsTimelineStyles } from "./moments-timeline.styles.js";

const DEFAULT_MAX = 5;
const SEVERITY_STEPS = 5;
const CHIP_COUNT = 3;
const CHIP_PICTURE_PX = 56;
const ENTER_MS = 280;
const DECELERATE = "cubic-bezier(0.2, 0.8, 0.2, 1)";

/**
 * What just happened, newest first: a card for each moment with its kind, one sentence, when it began by the stream's
 * own clock, how severe it is and the emotes of those seconds. A moment that goes on is marked and grows.
 *
 * @tag tm-moments-timeline
 * @attr {string} for - Id of the `<tm-source>` to follow; default: the one around or beside it
 * @attr {number} max - Cards shown at most; default 5
 * @event {TmStateEvent} tm-state - The connection changed
 * @event {TmMomentEvent} tm-moment - A moment opened, grew or closed
 * @csspart card - Each card
 * @csspart badge - The icon of a card
 * @csspart text - The sentence of a card
 * @csspart signal - The sign shown while the numbers are not live
 * @cssproperty --tm-ink - Text
 * @cssproperty --tm-muted - Times
 * @cssproperty --tm-plate - Panel of a card
 * @cssproperty --tm-line - Chips, and the unlit part of the severity
 * @cssproperty --tm-radius - Corners of a card
 * @cssproperty --tm-kind-chat-spike - Colour of a kind; likewise for every other kind
 * @cssproperty --tm-font - Font family
 * @cssproperty --tm-font-min - Smallest size of the scale; one em is the smallest text
 * @cssproperty --tm-font-max - Largest size of the scale
 */
export class MomentsTimeline extends StreamWidget {
  static override styles: CSSResultGroup = [baseStyles, momentsTimelineStyles];

  @property({ type: Number }) max = DEFAULT_MAX;

  /** Moments that opened since the last drawing: only news moves in. */
  readonly #news = new Set<string>();

  protected override onStoreChange(change: StoreChange): void {
    if (change.type === "moment" && change.phase === "opened") this.#news.add(change.moment.moment_id);
  }

  protected override render(): TemplateResult {
    const { signal, store } = this.live;
    const moments = this.#moments;
    const nowMs = store?.clockMs;
    return html`
      <div class="root">
        ${moments.length === 0 || signal === "live" ? nothing : html`<div class="bar">${signalChip(signal)}</div>`}
        <div class="log" role="log" aria-label="Moments">
          <ol class="list ${isDimmed(signal) ? "dimmed" : ""}">
            ${repeat(
              moments,
              ({ moment_id }) => moment_id,
              (moment) => this.#card(moment, nowMs),
            )}
          </ol>
        </div>
        ${
          moments.length === 0
            ? html`<div class="plate empty">${icon("emote_burst")} No moments yet ${signalChip(signal)}</div>`
            : nothing
        }
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const id of this.#news) {
      const keyframes = [
        { transform: "translateY(-0.8em)", opacity: 0 },
        { transform: "none", opacity: 1 },
      ];
      const card = this.renderRoot.querySelector(`[data-moment="${CSS.escape(id)}"]`);
      animateBriefly(card, keyframes, { duration: ENTER_MS, easing: DECELERATE });
    }
    this.#news.clear();
  }

  get #moments(): readonly Moment[] {
    const max = Number.isFinite(this.max) ? Math.max(0, this.max) : DEFAULT_MAX;
    return this.live.store?.moments.slice(0, max) ?? [];
  }

  #card(moment: Moment, nowMs: number | undefined): TemplateResult {
    const kind = momentKind(moment.moment_type);
    return html`<li class="plate card" part="card" data-moment=${moment.moment_id} data-kind=${moment.moment_type}>
      <span class="badge" part="badge">${icon(kind.icon)}</span>
      <div class="head"><span class="kind">${kind.label}</span>${when(moment, nowMs)}</div>
      <p class="text" part="text">${moment.description || kind.label}</p>
      <div class="foot">${severity(moment.severity)} ${chips(moment, this.locale)}</div>
    </li>`;
  }
}

/** When it began, or for how long it has been going on, by the stream's clock. */
function when(moment: Moment, nowMs: number | undefined): TemplateResult {
  const onsetMs = Date.parse(moment.timestamp);
  if (moment.ended_at === null && nowMs !== undefined) {
    return html`<span class="on">${formatLength(nowMs - onsetMs)}</span>`;
  }
  const text = nowMs === undefined ? "" : formatAge(nowMs - onsetMs);
  return html`<time class="when" datetime=${moment.timestamp}>${text}</time>`;
}

function severity(value: number): TemplateResult {
  const lit = Math.max(1, Math.ceil(value * SEVERITY_STEPS));
  const steps = Array.from({ length: SEVERITY_STEPS }, (_, index) => html`<i ?data-lit=${index < lit}></i>`);
  return html`<span class="severity" role="img" aria-label="Severity ${lit} of ${SEVERITY_STEPS}">${steps}</span>`;
}

function chips(moment: Moment, locale: string): TemplateResult[] {
  return decodeEmotes(moment.metadata["top_emotes"])
    .slice(0, CHIP_COUNT)
    .map(({ name, count, url }) => {
      const picture = url === undefined ? undefined : emoteImageUrl(url, CHIP_PICTURE_PX, prefersStillness());
      const shown = picture === undefined ? name : html`<img src=${picture} alt=${name} />`;
      return html`<span class="chip">${shown}<span>${formatCount(count, locale)}</span></span>`;
    });
}

declare global {
  interface HTMLElementTagNameMap {
    "tm-moments-timeline": MomentsTimeline;
  }
}
