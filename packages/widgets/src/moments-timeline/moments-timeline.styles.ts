import { css, unsafeCSS } from "lit";
import { MOMENT_KINDS } from "../render/moment-kind.js";

/** Attribute rules rather than inline styles, which a strict content security policy refuses. */
const kindColors = MOMENT_KINDS.map(([type, { color }]) => {
  return `.card[data-kind="${type}"]{--_rail:var(--tm-kind-${type.replace("_", "-")},${color})}`;
}).join("");

export const momentsTimelineStyles = css`
  /* A column, so that a host with a greatest height hands it on to the list. */
  :host {
    display: flex;
    flex-direction: column;
  }
  .root {
    --_design-width: 22;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    gap: 0.5em;
  }
  /* Columns that wrap: in a box of a given height a card that does not fit whole moves out of sight. */
  .log {
    display: flex;
    flex: 0 1 auto;
    min-block-size: 0;
  }
  .list {
    display: flex;
    flex-flow: column wrap;
    align-content: flex-start;
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    gap: 0.55em;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .card {
    --_rail: var(--_muted);
    inline-size: 100%;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 0.8em;
    padding: 0.65em 1em 0.75em 1.1em;
  }
  ${unsafeCSS(kindColors)}
  .badge {
    grid-row: 1 / span 3;
    inline-size: 2.3em;
    block-size: 2.3em;
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: var(--_rail);
    color: var(--_on-color);
    margin-block-start: 0.15em;
  }
  .badge .icon {
    inline-size: 1.4em;
    block-size: 1.4em;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.6em;
    min-inline-size: 0;
  }
  .kind {
    font-weight: 700;
    font-size: 1.15em;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .when {
    color: var(--_muted);
    font-weight: 600;
    white-space: nowrap;
  }
  .on {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    padding-inline: 0.6em;
    border-radius: 1em;
    background: var(--_rail);
    color: var(--_on-color);
    font-weight: 700;
    line-height: 1.4;
    white-space: nowrap;
    -webkit-text-stroke: 0;
  }
  .on::before {
    content: "";
    inline-size: 0.45em;
    block-size: 0.45em;
    border-radius: 50%;
    background: currentColor;
  }
  .text {
    margin: 0;
    font-weight: 500;
    overflow-wrap: anywhere;
    text-wrap: pretty;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }
  .kind,
  .when,
  .on,
  .text {
    unicode-bidi: plaintext;
  }
  /* One line: chips that find no room in it wrap out of sight. */
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3em 0.45em;
    block-size: 1.6em;
    overflow: hidden;
    margin-block-start: 0.3em;
  }
  .severity {
    display: inline-flex;
    align-items: center;
    gap: 0.2em;
    block-size: 1.6em;
    margin-inline-end: 0.4em;
  }
  .severity i {
    inline-size: 0.9em;
    block-size: 0.32em;
    border-radius: 0.2em;
    background: var(--_line);
  }
  .severity i[data-lit] {
    background: var(--_rail);
  }
  .chip {
    box-sizing: border-box;
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    block-size: 1.6em;
    padding-inline: 0.5em;
    border-radius: 0.4em;
    background: var(--_line);
    font-weight: 600;
    max-inline-size: 100%;
    white-space: nowrap;
  }
  .chip img {
    block-size: 1.25em;
    inline-size: auto;
    max-inline-size: 4em;
  }
  .chip span {
    color: var(--_muted);
  }
  .empty {
    --_rail: var(--_muted);
    display: flex;
    align-items: center;
    gap: 0.7em;
    padding: 0.9em 1.1em;
    color: var(--_muted);
    font-weight: 600;
  }
  .empty .signal {
    margin-inline-start: auto;
  }
  .bar {
    flex: none;
    text-align: end;
  }
`;
