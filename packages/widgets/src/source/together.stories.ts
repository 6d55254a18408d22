import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { expect, waitFor } from "storybook/test";
import { SCENES, type SceneName } from "../../test/support/scenes.js";
import type { Source } from "./source.js";

interface Args {
  scene: SceneName;
}

const meta: Meta<Args> = {
  title: "Widgets/Together",
  component: "tm-source",
  args: { scene: "live" },
  argTypes: { scene: { control: "select", options: Object.keys(SCENES) } },
  render: ({ scene }) => html`
    <tm-source
      .createFeed=${({ store }: Source) => ({ start: () => SCENES[scene](store), stop: () => undefined })}
      class="together"
    >
      <tm-pulse-bar></tm-pulse-bar>
      <tm-chat-flow></tm-chat-flow>
      <tm-emote-cloud></tm-emote-cloud>
      <tm-moments-timeline max="3"></tm-moments-timeline>
    </tm-source>
  `,
};
export default meta;

export const OneSource: StoryObj<Args> = {
  play: async ({ canvasElement, step }) => {
    await step("feeds all four widgets", async () => {
      for (const widget of canvasElement.querySelectorAll("tm-source > *")) {
        await waitFor(() => expect(widget.matches(":state(live)")).toBe(true));
      }
    });
  },
};

export const Spike: StoryObj<Args> = { args: { scene: "spike" } };
export const Reconnecting: StoryObj<Args> = { args: { scene: "reconnecting" } };
