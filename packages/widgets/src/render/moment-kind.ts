import type { MomentType } from "@telemetra/core";
import type { IconName } from "./icons.js";

/** How a kind of moment is named and drawn. Colours are those of Okabe and Ito, and never the only sign. */
export interface MomentKind {
  readonly label: string;
  readonly icon: IconName;
  readonly color: string;
}

const KINDS: Readonly<Record<MomentType, MomentKind>> = {
  chat_spike: { label: "Chat spike", icon: "chat_spike", color: "#e69f00" },
  chat_drop: { label: "Chat drop", icon: "chat_drop", color: "#56b4e9" },
  viewer_spike: { label: "Viewers up", icon: "viewer_spike", color: "#009e73" },
  viewer_drop: { label: "Viewers down", icon: "viewer_drop", color: "#cc79a7" },
  sentiment_shift: { label: "Mood swing", icon: "sentiment_shift", color: "#cc79a7" },
  emote_burst: { label: "Emote burst", icon: "emote_burst", color: "#f0e442" },
  revenue_spike: { label: "Support wave", icon: "revenue_spike", color: "#009e73" },
  raid: { label: "Raid", icon: "raid", color: "#d55e00" },
};

const UNKNOWN_KIND: MomentKind = { label: "Moment", icon: "unknown", color: "#aab4c3" };

/** Every kind of moment that this version knows. */
export const MOMENT_KINDS: readonly (readonly [MomentType, MomentKind])[] = Object.entries(KINDS) as [
  MomentType,
  MomentKind,
][];

/** The look of a moment; a kind that this version does not know gets a neutral one. */
export function momentKind(momentType: string): MomentKind {
  return Object.hasOwn(KINDS, momentType) ? KINDS[momentType as MomentType] : UNKNOWN_KIND;
}
