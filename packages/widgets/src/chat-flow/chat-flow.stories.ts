import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect, waitFor } from "storybook/test";
import { SCENES } from "../../test/support/scenes.js";
import { shownIn, widgetStory, type WidgetStory } from "../../test/support/story.js";

const tag = "tm-chat-flow";

interface Args {
  minutes: number;
}

function story(more: Partial<WidgetStory>): StoryObj<Args> {
  const size = { width: "760px", height: "300px" };
  return { render: (args) => widgetStory({ tag, scene: SCENES.live, ...size, args: { ...args }, ...more }) };
}

const meta: Meta<Args> = {
  title: "Widgets/Chat flow",
  component: tag,
  args: { minutes: 5 },
  argTypes: { minutes: { control: { type: "range", min: 1, max: 10, step: 1 } } },
};
export default meta;

export const Playground: StoryObj<Args> = story({});

export const Live: StoryObj<Args> = {
  ...story({}),
  play: async ({ canvasElement, step }) => {
    await step("draws the line, its levels and pinned moments", async () => {
      await waitFor(() =>
        expect(shownIn(canvasElement, tag).root.querySelector(".line")?.getAttribute("d")).toBeTruthy(),
      );
      const { root } = shownIn(canvasElement, tag);
      await expect(root.querySelector(".baseline")).not.toBeNull();
      await expect(root.querySelector(".threshold")).not.toBeNull();
      await expect(root.querySelectorAll("[data-moment]").length).toBeGreaterThan(0);
    });
  },
};

export const TenMinutes: StoryObj<Args> = { ...story({ width: "1200px", height: "380px" }), args: { minutes: 10 } };

export const Unknown: StoryObj<Args> = {
  ...story({ scene: SCENES.empty }),
  play: async ({ canvasElement, step }) => {
    await step("says what it waits for", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toContain("Waiting for chat"));
    });
  },
};

export const Connecting: StoryObj<Args> = story({ scene: SCENES.connecting });
export const Spike: StoryObj<Args> = story({ scene: SCENES.spike });

export const Stale: StoryObj<Args> = {
  ...story({ scene: SCENES.stale }),
  play: async ({ canvasElement, step }) => {
    await step("dims the line and says why", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).root.querySelector(".dimmed .line")).not.toBeNull());
      await expect(shownIn(canvasElement, tag).text).toContain("Stale");
    });
  },
};

export const Offline: StoryObj<Args> = story({ scene: SCENES.offline });
export const HugeNumbers: StoryObj<Args> = story({ scene: SCENES.hugeNumbers });
export const Phone: StoryObj<Args> = story({ width: "340px", height: "220px" });
export const RightToLeft: StoryObj<Args> = story({ dir: "rtl", lang: "ar-EG" });
export const ReducedMotion: StoryObj<Args> = { ...story({}), globals: { motion: "reduced" } };
