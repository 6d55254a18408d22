import { EmoteCloud } from "./emote-cloud.js";

if (customElements.get("tm-emote-cloud") === undefined) customElements.define("tm-emote-cloud", EmoteCloud);

export { EmoteCloud };
