/** Moments for the bare engine: `createEngine({ moments: findMoments })`. Own finders implement `MomentFinder`. */
export { findMoments } from "./stream-moments.js";
export type { FindMoments, MomentFinder, StreamView } from "./moment-finder.js";
