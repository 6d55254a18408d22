import { Source } from "./source.js";

if (customElements.get("tm-source") === undefined) customElements.define("tm-source", Source);

export { Source };
