import { css } from "lit";

export const pulseBarStyles = css`
  .root {
    --_design-width: 52;
  }
  .plate {
    display: grid;
    grid-template-columns: repeat(4, auto);
    justify-content: space-between;
    align-content: center;
    gap: 1em 1.2em;
    block-size: 100%;
    padding: 0.75em 1.5em 0.8em 1.4em;
  }
  .cell {
    display: grid;
    grid-template-columns: auto 1fr;
    grid-template-rows: auto auto;
    align-content: center;
    gap: 0.1em 0.75em;
    min-inline-size: 0;
  }
  .cell > .label {
    justify-self: start;
  }
  .figure {
    display: flex;
    align-items: baseline;
    gap: 0.4em;
    white-space: nowrap;
  }
  .value {
    font-size: 1.95em;
  }
  .delta {
    display: inline-flex;
    align-items: center;
    gap: 0.2em;
    color: var(--_muted);
    font-weight: 600;
  }
  .delta .icon {
    inline-size: 0.85em;
    block-size: 0.85em;
    stroke-width: 3.4;
  }
  .delta[data-direction="up"] .icon {
    color: var(--tm-up, #2fc79b);
  }
  .delta[data-direction="down"] .icon {
    color: var(--tm-down, #f08a4b);
  }
  .mark {
    grid-row: 1 / span 2;
    align-self: center;
    inline-size: 2.6em;
    block-size: 2.6em;
    display: grid;
    place-items: center;
    position: relative;
    color: var(--_accent);
  }
  .mark .icon,
  .face {
    inline-size: 1.6em;
    block-size: 1.6em;
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
    opacity: 0.17;
  }
  .ring {
    border: 0.16em solid currentColor;
    opacity: 0;
  }
  .heart {
    display: grid;
  }
  .plate[data-busy] .chat .mark {
    color: var(--_alert);
  }
  .plate[data-dim] .cell {
    opacity: 0.5;
  }
  small {
    font-size: 1em;
    font-weight: 500;
    opacity: 0.85;
  }
  /* As wide as the longest figure, in digits of whatever font there is: neighbours stay where they are. */
  .chat .figure {
    min-inline-size: 8.2ch;
  }
  .viewers .figure {
    min-inline-size: calc(1.5em + 15ch);
  }
  .mood .value {
    font-size: 1.6em;
    line-height: 1.22;
  }
  .mood .figure {
    min-inline-size: 11ch;
  }
  .mood .mark {
    color: var(--tm-mood, #f0e442);
  }
  .face {
    fill: none;
    stroke: currentColor;
    stroke-width: 2.3;
    stroke-linecap: round;
  }
  .face circle {
    fill: currentColor;
    stroke: none;
  }
  .trend {
    grid-template-columns: 5.5em 1fr;
  }
  .trend .figure {
    min-inline-size: 7.6ch;
  }
  .spark {
    grid-row: 1 / span 2;
    align-self: center;
    inline-size: 100%;
    block-size: 2.5em;
    overflow: visible;
    fill: none;
    stroke: var(--_accent);
    stroke-width: 0.13em;
    stroke-linejoin: round;
    stroke-linecap: round;
    /* Time runs left to right in every language. */
    direction: ltr;
  }
  .spark path {
    vector-effect: non-scaling-stroke;
  }
  .spark .level {
    stroke: var(--_line);
    stroke-dasharray: 0.3em 0.3em;
  }
  .status {
    position: absolute;
    inset-block-start: 0.45em;
    inset-inline-end: 0.8em;
  }
  @container scale (inline-size < 50em) {
    .plate {
      grid-template-columns: minmax(max-content, 1fr) minmax(max-content, 1fr);
      justify-content: stretch;
    }
    .trend {
      grid-template-columns: 2.6em 1fr;
    }
  }
  @container scale (inline-size < 25em) {
    .plate {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
