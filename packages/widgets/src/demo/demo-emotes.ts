/** Emotes of the demo: drawn here, so that a demo loads nothing from anywhere. */
export interface DemoEmote {
  readonly name: string;
  /** Undefined: known by name only, drawn as a word. */
  readonly url: string | undefined;
}

const EYES = {
  open: '<circle cx="36" cy="44" r="6"/><circle cx="64" cy="44" r="6"/>',
  shut: '<path d="M28 46q8-10 16 0M56 46q8-10 16 0" fill="none"/>',
  wide: '<circle cx="36" cy="42" r="9" fill="#fff"/><circle cx="64" cy="42" r="9" fill="#fff"/><circle cx="36" cy="43" r="4"/><circle cx="64" cy="43" r="4"/>',
  heart: '<path d="M36 52l-9-9a6 6 0 0 1 9-8 6 6 0 0 1 9 8ZM64 52l-9-9a6 6 0 0 1 9-8 6 6 0 0 1 9 8Z" fill="#d55e00"/>',
} as const;

const MOUTHS = {
  smile: '<path d="M32 62q18 18 36 0" fill="none"/>',
  laugh: '<path d="M30 58h40q-3 24-20 24T30 58Z" fill="#7a1f1f"/>',
  round: '<ellipse cx="50" cy="68" rx="8" ry="10" fill="#7a1f1f"/>',
  sad: '<path d="M34 72q16-16 32 0" fill="none"/>',
  flat: '<path d="M34 66h32" fill="none"/>',
} as const;

const FACES: readonly (readonly [string, string, keyof typeof EYES, keyof typeof MOUTHS])[] = [
  ["tmLaugh", "#f0e442", "shut", "laugh"],
  ["tmWow", "#56b4e9", "wide", "round"],
  ["tmLove", "#cc79a7", "heart", "smile"],
  ["tmHappy", "#e69f00", "open", "smile"],
  ["tmCool", "#009e73", "open", "laugh"],
  ["tmSad", "#7fa9d6", "open", "sad"],
  ["tmMeh", "#c9b458", "open", "flat"],
  ["tmZen", "#8fd0a8", "shut", "smile"],
  ["tmGasp", "#f2a5c4", "wide", "laugh"],
];

export const DEMO_EMOTES: readonly DemoEmote[] = [
  ...FACES.map(([name, color, eyes, mouth]) => ({ name, url: drawFace(color, EYES[eyes], MOUTHS[mouth]) })),
  ...["GG", "pogchamp", "clapclap"].map((name) => ({ name, url: undefined })),
];

function drawFace(color: string, eyes: string, mouth: string): string {
  const drawing =
    `<svg xmlns="http://www.w3.org/2000/svg" width="112" height="112" viewBox="0 0 100 100">` +
    `<circle cx="50" cy="52" r="44" fill="${color}" stroke="#1a1206" stroke-width="5"/>` +
    `<ellipse cx="36" cy="26" rx="14" ry="7" fill="#fff" opacity=".45" transform="rotate(-24 36 26)"/>` +
    `<g fill="#1a1206" stroke="#1a1206" stroke-width="5" stroke-linecap="round">${eyes}${mouth}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawing)}`;
}
