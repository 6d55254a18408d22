import type { StorybookConfig } from "@storybook/web-components-vite";

const config: StorybookConfig = {
  framework: "@storybook/web-components-vite",
  stories: ["../packages/widgets/src/**/*.stories.ts"],
  addons: ["@storybook/addon-docs", "@storybook/addon-a11y", "@storybook/addon-vitest"],
  staticDirs: [{ from: "../packages/widgets/assets/fonts", to: "/assets" }],
  // The gallery asks nothing of any other host, neither while it is built nor while it is read.
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};

export default config;
