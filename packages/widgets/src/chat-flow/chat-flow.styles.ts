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
    grid-template-rows: auto 1fr;
    gap: 0.5em;
    block-size: 100%;
    min-block-size: 11em;
    padding: 0.85em 1.1em 0.7em;
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: 0.6em;
    white-space: nowrap;
  }
  .value {
    font-size: 1.9em;
    font-weight: 700;
    line-height: 1.1;
    letter-spacing: -0.01em;
    min-inline-size: 2.1em;
    text-align: end;
  }
  .unit {
    color: var(--_muted);
    font-weight: 600;
  }
  .end {
    margin-inline-start: auto;
    display: flex;
    align-items: center;
    gap: 0.9em;
    align-self: center;
  }
  .key {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    color: var(--_muted);
    font-weight: 600;
  }
  .key::before {
    content: "";
    inline-size: 1.3em;
    border-block-start: 0.14em dashed currentColor;
  }
  .key.threshold::before {
    border-color: var(--_alert);
    border-block-start-style: dotted;
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
    opacity: 0.16;
  }
  .stem {
    stroke-width: 0.1em;
    opacity: 0.8;
  }
  .pin {
    stroke: rgb(9 13 22);
    stroke-width: 0.12em;
  }
  .pin-icon path {
    fill: none;
    stroke: #0b0f18;
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
