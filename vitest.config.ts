import { existsSync } from "node:fs";
import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { CHROMIUM_FLAGS, findChromium } from "./scripts/services/chromium.mjs";

/** Tests wait for conditions, so a deadline is only for what hangs; a busy machine is no reason to fail. */
const PATIENT = { testTimeout: 60_000, hookTimeout: 60_000 };

type ProjectTest = NonNullable<TestProjectInlineConfiguration["test"]>;

const root = import.meta.dirname;
const infraTests = ["packages/*/test/infra/**/*.test.ts", "test/infra/**/*.test.ts"];
const embeddedEnvironment = "scripts/services/embedded-environment.mjs";
const browserTests = "packages/*/test/**/*.browser.test.ts";

const chromium = findChromium();
const storybookDir = `${root}/.storybook`;

export default defineConfig({
  test: {
    projects: [
      nodeProject("core", ["packages/core/test/**/*.test.ts"]),
      nodeProject("producer", ["packages/producer/test/**/*.test.ts"]),
      nodeProject("server", ["packages/server/test/**/*.test.ts"]),
      nodeProject("widgets-node", ["packages/widgets/test/**/*.test.ts"]),
      nodeProject("examples", ["examples/**/*.test.ts"]),
      nodeProject("tools", ["test/**/*.test.ts"]),
      infraProject(),
      ...(chromium.path === undefined ? [] : browserProjects(chromium.path)),
    ],
  },
});

function project(
  test: ProjectTest,
  plugins: TestProjectInlineConfiguration["plugins"] = [],
): TestProjectInlineConfiguration {
  return { root, plugins, resolve: { tsconfigPaths: true }, test };
}

function nodeProject(name: string, include: string[], more: ProjectTest = {}): TestProjectInlineConfiguration {
  const exclude = [...infraTests, browserTests, "**/node_modules/**", "**/dist/**"];
  return project({
    name,
    include,
    exclude,
    environment: "node",
    setupFiles: [embeddedEnvironment],
    ...PATIENT,
    ...more,
  });
}

/** Tests against the real services, which the global set-up starts once and hands over through the environment. */
function infraProject(): TestProjectInlineConfiguration {
  return project({
    name: "infra",
    include: infraTests,
    environment: "node",
    globalSetup: ["scripts/services/vitest-setup.mjs"],
    setupFiles: ["scripts/services/infra-environment.mjs"],
    ...PATIENT,
  });
}

function browserProjects(executablePath: string): TestProjectInlineConfiguration[] {
  const projects = [
    project({
      name: "core-browser",
      include: ["packages/core/test/**/*.browser.test.ts"],
      globalSetup: ["packages/core/test/parity/provide-worker.mjs"],
      browser: browser(executablePath),
    }),
    project({
      name: "widgets",
      include: ["packages/widgets/test/**/*.browser.test.ts"],
      browser: browser(executablePath),
    }),
  ];
  if (existsSync(`${storybookDir}/main.ts`)) {
    projects.push(
      project({ name: "storybook", browser: browser(executablePath) }, [storybookTest({ configDir: storybookDir })]),
    );
  }
  return projects;
}

/** A new object each time: projects that share one are taken for a single nested project. */
function browser(executablePath: string): NonNullable<ProjectTest["browser"]> {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: { executablePath, args: CHROMIUM_FLAGS } }),
    instances: [{ browser: "chromium" }],
  };
}
