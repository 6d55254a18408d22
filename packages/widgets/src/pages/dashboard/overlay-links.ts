import type { OverlayName } from "../overlay/overlay-request.js";

/** An overlay to add to a scene: its address and a size of browser source that suits it at 1080p. */
export interface OverlayLink {
  readonly widget: OverlayName;
  readonly label: string;
  readonly about: string;
  readonly width: number;
  readonly height: number;
}

export const OVERLAY_LINKS: readonly OverlayLink[] = [
  { widget: "pulse-bar", label: "Pulse bar", about: "Chat, viewers, mood, trend", width: 1240, height: 110 },
  { widget: "chat-flow", label: "Chat flow", about: "Chat rate over time", width: 760, height: 300 },
  { widget: "emote-cloud", label: "Emote cloud", about: "Emotes of the last minute", width: 620, height: 400 },
  { widget: "moments-timeline", label: "Moments", about: "What just happened", width: 560, height: 820 },
];

export function overlayUrl(widget: OverlayName, streamId: string, origin: string): string {
  return `${origin}/overlay/${widget}?stream=${encodeURIComponent(streamId)}`;
}
