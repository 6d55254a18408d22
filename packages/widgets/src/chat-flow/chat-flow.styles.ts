import { css } from "lit";

export const chatFlowStyles = css`
  :host {
    min-block-size: 9rem;
  }
  .root {
    --_design-width: 30;
  }
  .plate {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    gap: 0.25em;
    block-size: 100%;
    min-block-size: 10em;
    padding: 0.75em 1.1em 0.6em 1.3em;
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: 0.6em;
    white-space: nowrap;
  }
  .value {
    font-size: 1.8em;
    min-inline-size: 2em;
    text-align: end;
  }
  .end {
    margin-inline-start: auto;
    display: flex;
    align-items: center;
    gap: 1em;
    align-self: center;
    min-inline-size: 0;
  }
  .key {
    unicode-bidi: isolate;
    display: inline-flex;
    align-items: center;
    gap: 0.45em;
    color: var(--_muted);
    font-weight: 600;
  }
  .key::before {
    content: "";
    inline-size: 1.2em;
    border-block-start: 0.13em dashed currentColor;
  }
  .key.spike::before {
    border-block-start: 0.15em dotted var(--_alert);
  }
  /* Levels that may be out of date make room for the sign that says so. */
  .end:has(.signal) .key {
    display: none;
  }
  @container scale (inline-size < 28em) {
    .unit {
      display: none;
    }
  }
  @container scale (inline-size < 25em) {
    .key {
      display: none;
    }
  }
  .stage {
    position: relative;
    min-block-size: 0;
    /* The drawing is in device directions: time runs left to right in every language. */
    direction: ltr;
  }
  .chart {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    display: block;
    overflow: hidden;
  }
  .chart text {
    fill: var(--_muted);
    font-size: 1em;
    font-weight: 600;
  }
  .line {
    fill: none;
    stroke: var(--_accent);
    stroke-width: 0.15em;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .shade-top {
    stop-color: var(--_accent);
    stop-opacity: 0.42;
  }
  .shade-foot {
    stop-color: var(--_accent);
    stop-opacity: 0.02;
  }
  .grid {
    stroke: var(--_line);
    stroke-width: 0.09em;
  }
  .baseline {
    stroke: var(--_muted);
    stroke-width: 0.1em;
    stroke-dasharray: 0.5em 0.4em;
  }
  .threshold {
    stroke: var(--_alert);
    stroke-width: 0.11em;
    stroke-dasharray: 0.14em 0.32em;
    stroke-linecap: round;
  }
  .episode {
    opacity: 0.13;
  }
  .stem {
    stroke-width: 0.09em;
    opacity: 0.75;
  }
  .pin-icon path {
    fill: none;
    stroke: var(--_on-color);
    stroke-width: 2.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .tip {
    fill: var(--_ink);
    stroke: var(--_accent);
    stroke-width: 0.16em;
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: var(--_muted);
    font-weight: 600;
  }
`;
