import { css, unsafeCSS } from "lit";

/** Emotes are laid out at this height and scaled from there, so that a change of size is a transform only. */
export const BASE_PX = 64;
/** Size of the letters of a word at that height. */
export const CHIP_TEXT_PX = 36;

/** Okabe and Ito's palette, for the rails of words. */
export const CHIP_HUES = ["#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#d55e00"] as const;
const hueRules = CHIP_HUES.map((color, hue) => `.chip[data-hue="${hue}"]{--_rail:${color}}`).join("");

export const emoteCloudStyles = css`
  :host {
    min-block-size: 9rem;
  }
  .root {
    --_design-width: 24;
    min-block-size: 9em;
  }
  .cloud {
    position: absolute;
    inset: 0;
    margin: 0;
    padding: 0;
    direction: ltr;
  }
  .emote {
    position: absolute;
    inset: 0 auto auto 0;
    display: grid;
    place-items: center;
    transition:
      transform 280ms cubic-bezier(0.2, 0.8, 0.2, 1),
      opacity 180ms linear;
    transform-origin: 0 0;
    block-size: ${unsafeCSS(BASE_PX)}px;
  }
  .emote.leaving {
    opacity: 0;
    transition-duration: 180ms;
  }
  img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }
  ${unsafeCSS(hueRules)}
  .chip {
    position: relative;
    box-sizing: border-box;
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 0.45em;
    background: var(--_plate);
    box-shadow: inset 0 0 0 0.06em var(--_line);
    padding-inline-start: 0.2em;
    -webkit-text-stroke-width: 3px;
    font-size: ${unsafeCSS(CHIP_TEXT_PX)}px;
    font-weight: 700;
    white-space: nowrap;
  }
  .chip::before {
    content: "";
    position: absolute;
    inset-block: 24%;
    inset-inline-start: 0;
    inline-size: 0.17em;
    border-start-end-radius: 1em;
    border-end-end-radius: 1em;
    background: var(--_rail);
  }
  .status {
    position: absolute;
    inset-block-start: 0.4em;
    inset-inline-end: 0.4em;
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
  }
  .empty span {
    padding: 0.4em 1em;
    border-radius: var(--_radius);
    background: var(--_plate);
    color: var(--_muted);
    font-weight: 600;
  }
  @media (prefers-reduced-motion: reduce) {
    .emote {
      transition: none;
    }
  }
`;
