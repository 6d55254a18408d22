import { MomentsTimeline } from "./moments-timeline.js";

if (customElements.get("tm-moments-timeline") === undefined) {
  customElements.define("tm-moments-timeline", MomentsTimeline);
}

export { MomentsTimeline };
