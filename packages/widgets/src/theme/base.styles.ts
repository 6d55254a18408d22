import { css } from "lit";

/**
 * What all widgets share: tokens, the scale, the plate and the signal. Every length is in `em` of the scale, which
 * follows the width of the widget's own container, so that the same widget is right from 720p to 2160p.
 *
 * `--_design-width` is how many `em` wide the widget was drawn; one `em` is also its smallest text.
 */
export const baseStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    color-scheme: normal;
    background: transparent;

    --_ink: var(--tm-ink, #f5f7fb);
    --_muted: var(--tm-muted, #b3bfd1);
    --_accent: var(--tm-accent, #56b4e9);
    --_alert: var(--tm-alert, #e69f00);
    --_plate: var(--tm-plate, rgb(9 13 22 / 0.86));
    --_line: var(--tm-line, rgb(179 191 209 / 0.22));
    --_outline: var(--tm-outline, rgb(4 6 12 / 0.7));
    --_radius: var(--tm-radius, 0.55em);
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    box-sizing: border-box;
    block-size: 100%;
    position: relative;
    color: var(--_ink);
    font-family: var(--tm-font, "Telemetra", "Segoe UI", system-ui, sans-serif);
    font-size: clamp(var(--tm-font-min, 13px), 100cqi / var(--_design-width), var(--tm-font-max, 96px));
    font-variant-numeric: tabular-nums;
    line-height: 1.2;
    -webkit-text-stroke: 0.14em var(--_outline);
    paint-order: stroke fill;
  }
  .plate {
    box-sizing: border-box;
    background: var(--_plate);
    border-radius: var(--_radius);
  }
  .label {
    color: var(--_muted);
    font-size: 1em;
    font-weight: 600;
    letter-spacing: 0.04em;
    white-space: nowrap;
  }
  .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .signal {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    padding: 0.1em 0.6em 0.1em 0.5em;
    border-radius: 1em;
    background: var(--_alert);
    color: #14100a;
    font-size: 1em;
    font-weight: 700;
    white-space: nowrap;
    -webkit-text-stroke: 0;
  }
  .signal[data-signal="connecting"],
  .signal[data-signal="empty"] {
    background: var(--_line);
    color: var(--_ink);
  }
  .dimmed {
    opacity: 0.5;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .plate {
      background: Canvas;
      border: 1px solid CanvasText;
    }
  }
`;
