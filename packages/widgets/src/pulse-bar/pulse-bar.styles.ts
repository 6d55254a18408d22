import { css } from "lit";

export const pulseBarStyles = css`
  .root {
    --_design-width: 40;
  }
  .plate {
    display: flex;
    flex-wrap: wrap;
    align-items: stretch;
    gap: 0.9em 1.6em;
    block-size: 100%;
    padding: 0.85em 1.3em;
    border-inline-start: 0.28em solid var(--_accent);
  }
  .plate[data-busy] {
    border-color: var(--_alert);
  }
  .plate.dim {
    border-color: var(--_line);
  }
  .cell {
    display: grid;
    grid-template-columns: auto 1fr;
    align-content: center;
    align-items: center;
    column-gap: 0.7em;
    flex: 1 1 auto;
  }
  .cell > .label {
    grid-column: 2;
  }
  .figure {
    grid-column: 2;
    display: flex;
    align-items: baseline;
    gap: 0.35em;
    white-space: nowrap;
  }
  .value {
    font-size: 2em;
    font-weight: 700;
    line-height: 1.1;
    letter-spacing: -0.01em;
  }
  .unit,
  .delta {
    color: var(--_muted);
    font-weight: 600;
  }
  .delta {
    display: inline-flex;
    align-items: center;
    gap: 0.15em;
  }
  .delta .icon {
    inline-size: 0.9em;
    block-size: 0.9em;
    stroke-width: 3.2;
  }
  .delta[data-direction="up"] .icon {
    color: var(--tm-up, #2fc79b);
  }
  .delta[data-direction="down"] .icon {
    color: var(--tm-down, #f08a4b);
  }
  .mark {
    grid-row: 1 / span 2;
    inline-size: 2.9em;
    block-size: 2.9em;
    display: grid;
    place-items: center;
    position: relative;
    color: var(--_accent);
  }
  .mark .icon {
    inline-size: 1.5em;
    block-size: 1.5em;
  }
  .mark::before,
  .ring {
    content: "";
    position: absolute;
    inset: 0;
    border-radius: 50%;
  }
  .mark::before {
    background: currentColor;
    opacity: 0.16;
  }
  .ring {
    border: 0.14em solid currentColor;
    opacity: 0;
  }
  .chat .value {
    min-inline-size: 2.2em;
  }
  .viewers .value {
    min-inline-size: 2.9em;
  }
  .mood .value {
    min-inline-size: 3.7em;
    font-size: 1.6em;
    line-height: 1.375;
  }
  .face {
    inline-size: 1.9em;
    block-size: 1.9em;
    overflow: visible;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.4;
    stroke-linecap: round;
  }
  .face circle {
    fill: currentColor;
    stroke: none;
  }
  .mood .mark {
    color: var(--tm-mood, #f0e442);
  }
  .trend {
    grid-template-columns: 1fr;
    min-inline-size: 7em;
  }
  .trend > * {
    grid-column: 1;
  }
  .spark {
    inline-size: 100%;
    block-size: 2.2em;
    overflow: visible;
    fill: none;
    stroke: var(--_accent);
    stroke-width: 2.5;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .spark path {
    vector-effect: non-scaling-stroke;
  }
  .status {
    position: absolute;
    inset-block-start: 0.5em;
    inset-inline-end: 0.6em;
  }
`;
