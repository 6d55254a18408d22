import { css, unsafeCSS } from "lit";
import { MOMENT_KINDS } from "../render/moment-kind.js";

/** Attribute rules rather than inline styles, which a strict content security policy refuses. */
const kindColors = MOMENT_KINDS.map(([type, { color }]) => {
  return `.card[data-kind="${type}"]{--_kind:var(--tm-kind-${type.replace("_", "-")},${color})}`;
}).join("");

export const momentsTimelineStyles = css`
  .root {
    --_design-width: 22;
    overflow: hidden;
  }
  .list {
    display: grid;
    gap: 0.55em;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .card {
    --_kind: var(--_muted);
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.15em 0.8em;
    padding: 0.75em 1em 0.8em;
    border-inline-start: 0.28em solid var(--_kind);
    min-inline-size: 0;
  }
  ${unsafeCSS(kindColors)}
  .badge {
    grid-row: 1 / span 3;
    inline-size: 2.3em;
    block-size: 2.3em;
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: var(--_kind);
    color: #0b0f18;
    margin-block-start: 0.1em;
  }
  .badge .icon {
    inline-size: 1.35em;
    block-size: 1.35em;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-inline-size: 0;
  }
  .kind {
    font-weight: 700;
    font-size: 1.12em;
    white-space: nowrap;
  }
  .when {
    margin-inline-start: auto;
    color: var(--_muted);
    font-weight: 600;
    white-space: nowrap;
  }
  .on {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    margin-inline-start: auto;
    padding: 0.05em 0.6em;
    border-radius: 1em;
    background: var(--_kind);
    color: #0b0f18;
    font-weight: 700;
    white-space: nowrap;
    -webkit-text-stroke: 0;
  }
  .on::before {
    content: "";
    inline-size: 0.5em;
    block-size: 0.5em;
    border-radius: 50%;
    background: currentColor;
  }
  .text {
    margin: 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35em 0.5em;
    margin-block-start: 0.3em;
  }
  .severity {
    display: inline-flex;
    gap: 0.2em;
    margin-inline-end: 0.4em;
  }
  .severity i {
    inline-size: 0.95em;
    block-size: 0.34em;
    border-radius: 0.2em;
    background: var(--_line);
  }
  .severity i[data-lit] {
    background: var(--_kind);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    padding: 0.05em 0.5em;
    border-radius: 0.4em;
    background: var(--_line);
    font-weight: 600;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip img {
    block-size: 1.3em;
    inline-size: auto;
    max-inline-size: 4em;
  }
  .chip span {
    color: var(--_muted);
  }
  .empty {
    display: flex;
    align-items: center;
    gap: 0.8em;
    padding: 0.9em 1.1em;
    color: var(--_muted);
    font-weight: 600;
  }
  .empty .signal {
    margin-inline-start: auto;
  }
  .bar {
    display: flex;
    justify-content: flex-end;
    margin-block-end: 0.5em;
  }
  .bar:empty {
    display: none;
  }
`;
