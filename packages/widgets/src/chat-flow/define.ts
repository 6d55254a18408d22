import { ChatFlow } from "./chat-flow.js";

if (customElements.get("tm-chat-flow") === undefined) customElements.define("tm-chat-flow", ChatFlow);

export { ChatFlow };
