import {
  html,
  nothing,
  svg,
  type CSSResultGroup,
  type PropertyValues,
  type SVGTemplateResult,
  type TemplateResult,
} from "lit";
import { property, query, state } from "lit/decorators.js";
import {
  areaPath,
  linePath,
  scaleMax,
  timeMarks,
  visibleRuns,
  xOf,
  yOf,
  type ChartFrame,
} from "../render/chart-geometry.js";
import { chartPins, type ChartPin } from "../render/chart-pins.js";
import { formatMark, formatRate, UNKNOWN } from "../render/format-number.js";
import { iconPath } from "../render/icons.js";
import { momentKind } from "../render/moment-kind.js";
import { isAbove } from "../render/trend.js";
import { animateBriefly } from "../render/motion.js";
import { isDimmed, signalChip, signalWords } from "../render/signal-chip.js";
import type { StoreChange } from "../live/stream-store.js";
import { StreamWidget } from "../source/stream-widget.js";
import { baseStyles } from "../theme/base.styles.js";
import { chatFlowStyles } from "./chat-flow.styles.js";

const DEFAULT_MINUTES = 5;
const LONGEST_MINUTES = 10;
/** A slide over less than this is not seen, and one over more would be a rush. */
const SLIDE_FROM_PX = 3;
const SLIDE_TO_PX = 60;
const SLIDE_MS = 400;
/** Room above the plot for the pins and below it for the times, in em. */
const PIN_LANE_EM = 1.75;
const TIME_LANE_EM = 1.5;
const PIN_RADIUS_EM = 0.78;

/**
 * The chat rate of the last minutes as a line, with its usual level, the threshold of a spike, and moments pinned where
 * they began. It is drawn anew only when a point, a moment or the size changed.
 *
 * @tag tm-chat-flow
 * @attr {string} for - Id of the `<tm-source>` to follow; default: the one around or beside it
 * @attr {number} minutes - Time shown, 1 to 10; default 5
 * @event {TmStateEvent} tm-state - The connection changed
 * @event {TmMomentEvent} tm-moment - A moment opened, grew or closed
 * @csspart plate - The panel behind the chart
 * @csspart value - The present rate
 * @csspart chart - The drawing
 * @csspart signal - The sign shown while the numbers are not live
 * @cssproperty --tm-ink - Text
 * @cssproperty --tm-muted - Labels, axis and the usual level
 * @cssproperty --tm-plate - Panel behind the chart
 * @cssproperty --tm-accent - The line and the area under it
 * @cssproperty --tm-alert - The threshold, and signs
 * @cssproperty --tm-line - Grid
 * @cssproperty --tm-radius - Corners of the panel
 * @cssproperty --tm-font - Font family
 * @cssproperty --tm-font-min - Smallest size of the scale; one em is the smallest text
 * @cssproperty --tm-font-max - Largest size of the scale
 */
export class ChatFlow extends StreamWidget {
  static override styles: CSSResultGroup = [baseStyles, chatFlowStyles];

  @property({ type: Number }) minutes = DEFAULT_MINUTES;

  @state() private size = { width: 0, height: 0, em: 16 };
  @query(".stage") private readonly stage!: HTMLElement;
  @query(".flow") private readonly flow!: SVGGElement | null;

  #maxRate = 0;
  #drawnNowMs: number | undefined;
  readonly #resizes = new ResizeObserver(([entry]) => this.#measure(entry?.contentRect));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resizes.observe(this.stage);
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.stage);
  }

  protected override onStoreChange(change: StoreChange): void {
    if (change.type !== "reset") return;
    this.#maxRate = 0;
    this.#drawnNowMs = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#slide();
  }

  protected override render(): TemplateResult {
    const { signal, store } = this.live;
    const metrics = store?.metrics;
    const frame = this.#frame();
    const hasRates = store?.history.some(({ chatRate }) => chatRate !== null) === true;
    return html`
      <div class="root">
        <div
          class="plate"
          part="plate"
          ?data-busy=${isAbove(metrics?.chat_rate, metrics?.chat_rate_threshold)}
          ?data-dim=${isDimmed(signal)}
        >
          <div class="head">
            <span class="label">Chat</span>
            <span class="value" part="value">${formatRate(metrics?.chat_rate, this.locale)}</span>
            <span class="unit">msg/s</span>
            <span class="end">${this.#legend()} ${signalChip(signal)}</span>
          </div>
          <div class="stage" role="img" aria-label=${this.#summary()}>
            ${frame === undefined ? nothing : this.#chart(frame)}
            ${signal === "live" && !hasRates ? html`<div class="empty">Waiting for chat</div>` : nothing}
          </div>
        </div>
      </div>
    `;
  }

  get #spanMs(): number {
    const minutes = Number.isFinite(this.minutes) ? this.minutes : DEFAULT_MINUTES;
    return Math.min(LONGEST_MINUTES, Math.max(1, minutes)) * 60_000;
  }

  #frame(): ChartFrame | undefined {
    const { width, height, em } = this.size;
    const { history = [], clockMs: nowMs, metrics } = this.live.store ?? {};
    const plotHeight = height - (PIN_LANE_EM + TIME_LANE_EM) * em;
    if (nowMs === undefined || history.length === 0 || width <= 0 || plotHeight <= 0) return undefined;
    const spanMs = this.#spanMs;
    const shown = history.filter(({ timeMs }) => timeMs >= nowMs - spanMs);
    const rates = [...shown.map(({ chatRate }) => chatRate), metrics?.chat_rate_baseline, metrics?.chat_rate_threshold];
    const highest = Math.max(0, ...rates.map((rate) => rate ?? 0));
    this.#maxRate = scaleMax(this.#maxRate, highest);
    return { width: width - 0.5 * em, height: plotHeight, nowMs, spanMs, maxRate: this.#maxRate };
  }

  #chart(frame: ChartFrame): TemplateResult {
    const { store, signal } = this.live;
    const { history = [], moments = [], metrics } = store ?? {};
    const { width, height, em } = this.size;
    const runs = visibleRuns(history, frame);
    const pins = chartPins(moments, history, frame, 2.2 * PIN_RADIUS_EM * em);
    const tip = runs.at(-1)?.at(-1);
    return html`<svg class="chart" part="chart" viewBox="0 0 ${width} ${height}">
      <defs>
        <linearGradient id="shade" x1="0" y1="0" x2="0" y2="1">
          <stop class="shade-top" offset="0"></stop>
          <stop class="shade-foot" offset="1"></stop>
        </linearGradient>
      </defs>
      <g transform="translate(0 ${PIN_LANE_EM * em})">
        ${this.#axis(frame)}
        <g class=${isDimmed(signal) ? "dimmed" : ""}>
          <g class="flow">
            ${pins.map((pin) => episode(pin, frame))}
            <path class="area" fill="url(#shade)" d=${areaPath(runs, frame)}></path>
            <path class="line" d=${linePath(runs, frame)}></path>
          </g>
          ${level("baseline", metrics?.chat_rate_baseline, frame)}
          ${level("threshold", metrics?.chat_rate_threshold, frame)} ${pins.map((pin) => pinned(pin, frame, em))}
          ${
            tip === undefined || tip.chatRate === null
              ? nothing
              : svg`<circle class="tip" cx=${xOf(frame, tip.timeMs)} cy=${yOf(frame, tip.chatRate)} r=${0.3 * em}></circle>`
          }
        </g>
      </g>
    </svg>`;
  }

  #axis({ width, height, spanMs, maxRate }: ChartFrame): SVGTemplateResult {
    const { em } = this.size;
    const minutes = spanMs / 60_000;
    const marks = timeMarks(minutes, width / (4.6 * em)).map((ago) => ({
      x: width * (1 - ago / minutes),
      text: `−${ago} min`,
    }));
    const textY = height + 1.2 * em;
    return svg`
      ${[0, 0.5, 1].map((share) => svg`<line class="grid" x1="0" x2=${width} y1=${height * share} y2=${height * share}></line>`)}
      <text x="0" y=${1.05 * em}>${formatMark(maxRate, this.locale)}</text>
      ${marks.map(({ x, text }) => svg`<text x=${x} y=${textY} text-anchor="middle">${text}</text>`)}
      <text x=${width} y=${textY} text-anchor="end">now</text>
    `;
  }

  #legend(): TemplateResult {
    const { chat_rate_baseline: usual, chat_rate_threshold: threshold } = this.live.store?.metrics ?? {};
    return html`${
      usual === null || usual === undefined
        ? nothing
        : html`<span class="key">usual ${formatRate(usual, this.locale)}</span>`
    }${
      threshold === null || threshold === undefined
        ? nothing
        : html`<span class="key spike">spike ${formatRate(threshold, this.locale)}</span>`
    }`;
  }

  #summary(): string {
    const { signal, store } = this.live;
    const rate = formatRate(store?.metrics?.chat_rate, this.locale);
    const minutes = this.#spanMs / 60_000;
    return `${signalWords(signal)}Chat rate over the last ${minutes} minutes, now ${rate === UNKNOWN ? "unknown" : `${rate} messages per second`}.`;
  }

  #measure(rect: DOMRectReadOnly | undefined): void {
    if (rect === undefined) return;
    const em = Number.parseFloat(getComputedStyle(this.stage).fontSize);
    const { width, height } = this.size;
    if (width === rect.width && height === rect.height && em === this.size.em) return;
    this.#drawnNowMs = undefined;
    this.size = { width: rect.width, height: rect.height, em };
  }

  /** Lets the new drawing glide in from where the old one stood: a transform of what is painted already. */
  #slide(): void {
    const nowMs = this.live.store?.clockMs;
    const before = this.#drawnNowMs;
    this.#drawnNowMs = nowMs;
    if (before === undefined || nowMs === undefined || nowMs <= before) return;
    const shiftPx = ((nowMs - before) / this.#spanMs) * this.size.width;
    if (shiftPx < SLIDE_FROM_PX || shiftPx > SLIDE_TO_PX) return;
    const keyframes = [{ transform: `translateX(${shiftPx}px)` }, { transform: "none" }];
    // Two pixels at a time: what lies between is hardly seen, but would be painted.
    const easing = `steps(${Math.round(shiftPx / 2)})`;
    animateBriefly(this.flow, keyframes, { duration: SLIDE_MS, easing });
  }
}

function level(name: string, rate: number | null | undefined, frame: ChartFrame): SVGTemplateResult | typeof nothing {
  if (rate === null || rate === undefined) return nothing;
  const y = yOf(frame, rate);
  return svg`<line class=${name} x1="0" x2=${frame.width} y1=${y} y2=${y}></line>`;
}

function episode({ moment, x, endX }: ChartPin, { height }: ChartFrame): SVGTemplateResult {
  const { color } = momentKind(moment.moment_type);
  return svg`<rect class="episode" x=${x} y="0" width=${Math.max(1, endX - x)} height=${height} fill=${color}></rect>`;
}

function pinned({ moment, x, y }: ChartPin, { width, height }: ChartFrame, em: number): SVGTemplateResult {
  const { color, icon } = momentKind(moment.moment_type);
  const radius = PIN_RADIUS_EM * em;
  const cx = Math.min(width - radius, Math.max(radius, x));
  const cy = -radius - 0.1 * em;
  const size = 1.25 * radius;
  return svg`<g data-moment=${moment.moment_id}>
    <line class="stem" x1=${x} x2=${x} y1=${cy + radius} y2=${Math.min(height, Math.max(y, 0))} stroke=${color}></line>
    <circle cx=${cx} cy=${cy} r=${radius} fill=${color}></circle>
    <svg class="pin-icon" x=${cx - size / 2} y=${cy - size / 2} width=${size} height=${size} viewBox="0 0 24 24">
      <path d=${iconPath(icon)}></path>
    </svg>
  </g>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "tm-chat-flow": ChatFlow;
  }
}
