import {
  html,
  nothing,
  svg,
  type CSSResultGroup,
  type PropertyValues,
  type SVGTemplateResult,
  type TemplateResult,
} from "lit";
import { property, query } from "lit/decorators.js";
import { linePath, visibleRuns, yOf } from "../render/chart-geometry.js";
import { formatCount, formatDelta, formatRate, formatRatio, UNKNOWN } from "../render/format-number.js";
import { icon, type IconName } from "../render/icons.js";
import { moodOf, type Mood } from "../render/mood.js";
import { animateBriefly, paintSteps } from "../render/motion.js";
import { tempoOf } from "../render/pulse-tempo.js";
import { isDimmed, signalChip, signalWords } from "../render/signal-chip.js";
import { isAbove, usualRatio, viewerTrend } from "../render/trend.js";
import { StreamWidget } from "../source/stream-widget.js";
import { baseStyles } from "../theme/base.styles.js";
import { pulseBarStyles } from "./pulse-bar.styles.js";

const SPARK_SPAN_MS = 5 * 60_000;
const SPARK_WIDTH = 100;
const SPARK_HEIGHT = 30;

/**
 * The stream at a glance: chat rate with a pulse of its tempo, viewers, mood and the trend of the last five minutes.
 * What is not known is shown as –, never as 0.
 *
 * @tag tm-pulse-bar
 * @attr {string} for - Id of the `<tm-source>` to follow; default: the one around or beside it
 * @attr {"second" | "minute"} rate-unit - Unit of the chat rate; default `second`
 * @event {TmStateEvent} tm-state - The connection changed
 * @event {TmMomentEvent} tm-moment - A moment opened, grew or closed
 * @csspart plate - The panel behind the figures
 * @csspart value - Each of the large figures
 * @csspart signal - The sign shown while the numbers are not live
 * @cssproperty --tm-ink - Text
 * @cssproperty --tm-muted - Labels and units
 * @cssproperty --tm-plate - Panel behind the figures; `transparent` leaves outlined text alone
 * @cssproperty --tm-accent - Pulse and line
 * @cssproperty --tm-alert - Edge while chat is above its threshold, and signs
 * @cssproperty --tm-radius - Corners of the panel
 * @cssproperty --tm-font - Font family
 * @cssproperty --tm-font-min - Smallest size of the scale; one em is the smallest text
 * @cssproperty --tm-font-max - Largest size of the scale
 */
export class PulseBar extends StreamWidget {
  static override styles: CSSResultGroup = [baseStyles, pulseBarStyles];

  @property({ attribute: "rate-unit" }) rateUnit: "second" | "minute" = "second";

  @query(".ring") private readonly ring!: HTMLElement | null;
  @query(".heart") private readonly heart!: HTMLElement | null;

  #beat: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#beat);
    this.#beat = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // One timer at a time: the next beat takes the tempo of its own moment.
    if (this.#beat === undefined && this.isConnected) this.#scheduleBeat();
  }

  protected override render(): TemplateResult {
    const { signal, store } = this.live;
    const { metrics } = store ?? {};
    const isBusy = isAbove(metrics?.chat_rate, metrics?.chat_rate_threshold);
    return html`
      <div class="root" role="img" aria-label=${this.#summary()}>
        <div class="plate" part="plate" ?data-busy=${isBusy} ?data-dim=${isDimmed(signal)}>
          ${this.#chat()} ${this.#viewers()} ${this.#mood()} ${this.#trend()}
        </div>
        <div class="status">${signalChip(signal)}</div>
      </div>
    `;
  }

  get #metrics() {
    return this.live.store?.metrics;
  }

  get #rate(): { readonly text: string; readonly unit: string } {
    const { rateUnit } = this;
    const perSecond = this.#metrics?.chat_rate;
    const isPerMinute = rateUnit === "minute";
    const value = perSecond === null || perSecond === undefined ? perSecond : perSecond * (isPerMinute ? 60 : 1);
    return { text: formatRate(value, this.locale), unit: isPerMinute ? "msg/min" : "msg/s" };
  }

  #chat(): TemplateResult {
    const { text, unit } = this.#rate;
    return html`<div class="cell chat">
      <span class="mark"><span class="ring"></span><span class="heart">${icon("pulse")}</span></span>
      <span class="label">Chat <small>${unit}</small></span>
      <span class="figure"><span class="value" part="value">${text}</span></span>
    </div>`;
  }

  #viewers(): TemplateResult {
    const trend = viewerTrend(this.live.store?.history ?? []);
    return html`<div class="cell viewers">
      <span class="mark">${icon("viewers")}</span>
      <span class="label">Viewers</span>
      <span class="figure">
        <span class="value" part="value">${formatCount(this.#metrics?.viewer_count, this.locale)}</span>
        ${trend === undefined ? nothing : delta(trend, formatDelta(trend, this.locale))}
      </span>
    </div>`;
  }

  #mood(): TemplateResult {
    const mood = moodOf(this.#metrics?.sentiment_score);
    return html`<div class="cell mood">
      <span class="mark">${face(mood)}</span>
      <span class="label">Mood</span>
      <span class="figure"><span class="value" part="value">${mood?.word ?? UNKNOWN}</span></span>
    </div>`;
  }

  #trend(): TemplateResult {
    const metrics = this.#metrics;
    const ratio = usualRatio(metrics?.chat_rate, metrics?.chat_rate_baseline);
    return html`<div class="cell trend">
      <svg class="spark" viewBox="0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}" preserveAspectRatio="none">${this.#spark()}</svg>
      <span class="label">Trend <small>vs usual</small></span>
      <span class="figure">
        <span class="value" part="value">${ratio === undefined ? UNKNOWN : `${formatRatio(ratio, this.locale)}×`}</span>
      </span>
    </div>`;
  }

  /** The last minutes as a line over its usual level. */
  #spark(): SVGTemplateResult | typeof nothing {
    const { history = [], clockMs, metrics } = this.live.store ?? {};
    if (clockMs === undefined) return nothing;
    const span = { width: SPARK_WIDTH, height: SPARK_HEIGHT, nowMs: clockMs, spanMs: SPARK_SPAN_MS };
    const runs = visibleRuns(history, { ...span, maxRate: 1 });
    const usual = metrics?.chat_rate_baseline;
    const highest = Math.max(0.05, usual ?? 0, ...runs.flat().map(({ chatRate }) => chatRate ?? 0));
    const frame = { ...span, maxRate: highest };
    const level = usual === null || usual === undefined ? "" : `M0 ${yOf(frame, usual)}H${SPARK_WIDTH}`;
    return svg`<path class="level" d=${level}></path><path d=${linePath(runs, frame)}></path>`;
  }

  #summary(): string {
    const { signal, store } = this.live;
    const metrics = store?.metrics;
    const known = (value: string): string => (value === UNKNOWN ? "unknown" : value);
    const rate = this.#rate;
    return (
      signalWords(signal) +
      `Chat ${known(rate.text)} ${rate.unit === "msg/s" ? "messages per second" : "messages per minute"}, ` +
      `viewers ${known(formatCount(metrics?.viewer_count, this.locale))}, ` +
      `mood ${moodOf(metrics?.sentiment_score)?.word.toLowerCase() ?? "unknown"}.`
    );
  }

  #scheduleBeat(): void {
    const tempo = this.live.signal === "live" ? tempoOf(this.#metrics?.chat_rate) : undefined;
    if (tempo === undefined) return;
    this.#beat = setTimeout(() => {
      this.#beat = undefined;
      const timing = { duration: tempo.beatMs, easing: paintSteps(tempo.beatMs) };
      animateBriefly(
        this.ring,
        [
          { transform: "scale(0.8)", opacity: 0.9 },
          { transform: "scale(1.25)", opacity: 0 },
        ],
        timing,
      );
      animateBriefly(this.heart, [{ transform: "scale(1.18)" }, { transform: "scale(1)" }], timing);
      this.#scheduleBeat();
    }, tempo.intervalMs);
  }
}

/** Direction is told by an arrow and by the sign, so colour only repeats it. */
function delta(change: number, text: string): TemplateResult {
  const direction: IconName = change > 0 ? "up" : change < 0 ? "down" : "flat";
  return html`<span class="delta" data-direction=${direction}>${icon(direction)}${text}</span>`;
}

/** A face whose mouth bends with the score. */
function face(mood: Mood | undefined): SVGTemplateResult | TemplateResult {
  const bend = 15.5 + (mood?.step ?? 0) * 5;
  const mouth = mood === undefined ? "" : `M7 15.5Q12 ${bend} 17 15.5`;
  return html`<svg class="face" viewBox="0 0 24 24" aria-hidden="true">
    ${svg`<circle cx="8.2" cy="9" r="1.7"></circle><circle cx="15.8" cy="9" r="1.7"></circle><path d=${mouth}></path>`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "tm-pulse-bar": PulseBar;
  }
}
