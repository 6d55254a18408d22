/** Whether the viewer's system asks for less motion; then nothing moves, it only changes. */
export function prefersStillness(): boolean {
  return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}

/** Plays a finite animation of transform and opacity, unless nobody would see it or it was asked to keep still. */
export function animateBriefly(
  element: Element | null,
  keyframes: Keyframe[],
  options: KeyframeAnimationOptions,
): void {
  if (element === null || document.hidden || prefersStillness()) return;
  element.animate(keyframes, options);
}

/** Rate at which browser sources are drawn by default; more frames than that are paid for and not seen. */
const FRAMES_PER_SECOND = 30;

/** The easing that paints a short burst at that rate. */
export function paintSteps(durationMs: number): string {
  return `steps(${Math.max(2, Math.round((durationMs / 1000) * FRAMES_PER_SECOND))})`;
}
