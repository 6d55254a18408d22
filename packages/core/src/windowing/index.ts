export { hopping, tumbling, type AlignedShape, type HoppingOptions, type TumblingOptions } from "./aligned-shape.js";
export { session, type SessionOptions, type SessionShape } from "./session-windows.js";
export {
  createWindows,
  type ClosedWindow,
  type KeyedWindow,
  type OpenWindow,
  type RetractedWindow,
  type Windows,
  type WindowsCounters,
  type WindowsEvents,
  type WindowsSnapshot,
  type WindowVerdict,
} from "./windows.js";
export type { WindowShape, WindowsOptions } from "./windows-options.js";
