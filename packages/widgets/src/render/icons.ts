import { html, type TemplateResult } from "lit";

/** Drawn on a 24 × 24 grid with a 2-unit round stroke, so that they stay clear at 16 px. */
const PATHS = {
  viewers: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20.5c.8-3.6 4-5.5 8-5.5s7.2 1.9 8 5.5",
  pulse: "M2.5 13H6l3-7.5 5.5 13 3-8 1.5 2.5h2.5",
  chat_spike: "M13 3 6 13h5l-1 8 8-11h-5.5Z",
  chat_drop: "M4 6l6 6 3-3 7 8M20 11v6h-6",
  viewer_spike:
    "M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c.6-3.7 3.3-5.5 7-5.5M18 21v-8M14.5 16.5 18 13l3.5 3.5",
  viewer_drop: "M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c.6-3.7 3.3-5.5 7-5.5M18 13v8M14.5 17.5 18 21l3.5-3.5",
  sentiment_shift: "M3 9c3-6 6-6 9 0s6 6 9 0M8 19h8M14 16.5l2.5 2.5L14 21.5",
  emote_burst:
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19",
  revenue_spike:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM15 8.5c-.8-.9-1.8-1.2-3-1.2-1.7 0-3 .8-3 2.3 0 3.3 6.2 1.5 6.2 4.8 0 1.5-1.4 2.3-3.2 2.3-1.3 0-2.5-.4-3.3-1.4M12 5.5v13",
  raid: "M5 6l6 6-6 6M13 6l6 6-6 6",
  unknown: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 8v5M12 16.5v.01",
  up: "M12 19V6M6 11l6-6 6 6",
  down: "M12 5v13M6 13l6 6 6-6",
  flat: "M5 12h14",
} as const;

export type IconName = keyof typeof PATHS;

/** The drawing of an icon, for use inside another drawing. */
export function iconPath(name: IconName): string {
  return PATHS[name];
}

/** Decorative: whoever uses it says in words what it means. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}
