import "../../source/define.js";
import "../../pulse-bar/define.js";
import "../../chat-flow/define.js";
import "../../emote-cloud/define.js";
import "../../moments-timeline/define.js";
import { html, render } from "lit";
import { readOverlayAddress, type OverlayHint, type OverlayRequest } from "./overlay-request.js";

const asked = readOverlayAddress(location.href);
if ("widget" in asked) show(asked);
else explain(asked);

function show({ widget, server, feed, position, attributes }: OverlayRequest): void {
  const source = Object.assign(document.createElement("tm-source"), { server }, feed);
  const element = document.createElement(`tm-${widget}`);
  for (const [name, value] of attributes) element.setAttribute(name, value);
  source.append(element);
  document.body.dataset["widget"] = widget;
  if (position !== undefined) document.body.dataset["position"] = position;
  source.addEventListener("tm-state", ({ state, reason }) => {
    if (state !== "ended") return;
    source.remove();
    explain({ title: "This overlay cannot connect", text: reason ?? "The server refused the stream.", examples: [] });
  });
  document.body.replaceChildren(source);
}

function explain({ title, text, examples }: OverlayHint): void {
  document.body.dataset["position"] = "center";
  render(
    html`<section class="hint" role="alert">
      <h1>${title}</h1>
      <p>${text}</p>
      ${examples.map((example) => html`<p><code>${example}</code></p>`)}
    </section>`,
    document.body,
  );
}
