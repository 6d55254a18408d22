import { PulseBar } from "./pulse-bar.js";

if (customElements.get("tm-pulse-bar") === undefined) customElements.define("tm-pulse-bar", PulseBar);

export { PulseBar };
