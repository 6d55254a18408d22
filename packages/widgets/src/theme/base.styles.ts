import { css } from "lit";

/**
 * What all widgets share: tokens, the scale, the plate with its rail, and the sign.
 *
 * Every length is in `em` of the scale, which follows the width of the widget's own container, so that the same widget
 * is right from 720p to 2160p. `--_design-width` is how many `em` wide a widget was drawn; one `em` is its smallest
 * text. The root is a container itself, so that a widget can fold when the scale has reached its lower limit.
 */
export const baseStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    background: transparent;

    --_ink: var(--tm-ink, #f5f7fb);
    --_muted: var(--tm-muted, #b7c2d3);
    --_accent: var(--tm-accent, #56b4e9);
    --_alert: var(--tm-alert, #e69f00);
    --_plate: var(--tm-plate, rgb(10 14 24 / 0.88));
    --_line: var(--tm-line, rgb(183 194 211 / 0.2));
    --_outline: var(--tm-outline, rgb(4 6 12 / 0.8));
    --_radius: var(--tm-radius, 0.6em);
    --_on-color: #0b0f18;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    box-sizing: border-box;
    container: scale / inline-size;
    block-size: 100%;
    position: relative;
    color: var(--_ink);
    font-family: var(--tm-font, Saira, "Segoe UI", system-ui, sans-serif);
    font-size: clamp(var(--tm-font-min, 13px), 100cqi / var(--_design-width), var(--tm-font-max, 96px));
    font-variant-numeric: tabular-nums;
    line-height: 1.25;
    -webkit-text-stroke: 0.2em var(--_outline);
    paint-order: stroke fill;
  }
  .plate {
    --_rail: var(--_accent);
    box-sizing: border-box;
    position: relative;
    background: var(--_plate);
    border-radius: var(--_radius);
    box-shadow: inset 0 0 0 0.06em var(--_line);
  }
  .plate::before {
    content: "";
    position: absolute;
    inset-block: min(0.8em, 22%);
    inset-inline-start: 0;
    inline-size: 0.26em;
    border-start-end-radius: 1em;
    border-end-end-radius: 1em;
    background: var(--_rail);
  }
  .plate[data-busy] {
    --_rail: var(--_alert);
  }
  .plate[data-dim] {
    --_rail: var(--_muted);
  }
  .label,
  .unit {
    color: var(--_muted);
    font-weight: 600;
    white-space: nowrap;
  }
  .value {
    font-weight: 700;
    line-height: 1;
  }
  /* Words and figures keep their own direction inside a layout that runs the other way. */
  .label,
  .value,
  .unit {
    unicode-bidi: plaintext;
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
    gap: 0.4em;
    padding: 0 0.7em 0 0.6em;
    border-radius: 1em;
    background: var(--_alert);
    color: var(--_on-color);
    font-weight: 700;
    line-height: 1.5;
    white-space: nowrap;
    -webkit-text-stroke: 0;
  }
  .signal::before {
    content: "";
    inline-size: 0.45em;
    block-size: 0.45em;
    border-radius: 50%;
    background: currentColor;
  }
  .signal[data-signal="connecting"],
  .signal[data-signal="empty"],
  .signal[data-signal="ended"] {
    background: var(--_muted);
  }
  .dimmed {
    opacity: 0.45;
  }
  @media (forced-colors: active) {
    .plate {
      background: Canvas;
      border: 1px solid CanvasText;
    }
  }
`;
