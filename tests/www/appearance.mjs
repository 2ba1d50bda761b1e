// What it looks like: sizes, themes, contrast, and pictures to look at.

import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, ok } from "../lib/assert.mjs";
import { setting } from "../lib/settings.mjs";
import { findFaintText } from "./contrast.mjs";
import { letOthersDo } from "./demo-page.mjs";
import { gamesOf } from "./kumite-page.mjs";
import { stepsOf } from "./sign-in-page.mjs";
import { ROWS, listsOf } from "./toornament-page.mjs";

const SIZES = {
  phone: { width: 375, height: 780, hasTouch: true },
  tablet: { width: 768, height: 1024 },
  desk: { width: 1280, height: 900 },
};

/** Takes a picture of the whole page, and looks whether there is something on it. */
async function takePicture(page, name) {
  const folder = join(setting("PLAYOFF_WORK"), "screenshots");
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => scrollTo(0, 0));
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
  ok((await stat(path)).size > 20_000, `${path} is empty`);
}

/** Somebody who has played, heard of others, and made the API fail: there is something in every part of the page. */
async function visitAll({ open, url }, options) {
  const visitor = await open({ random: 0.5, reducedMotion: "reduce", ...options });
  await visitor.live();
  await visitor.play("greet");
  await visitor.resultOf("greet");
  await letOthersDo(url, "collect");
  await visitor.toasts.first().waitFor();
  await visitor.trouble("busy").click();
  await visitor.story();
  await visitor.settle();
  return visitor;
}

/** Whatever the theme, everything is within the page's width, and can be read. */
async function expectInOrder(page, width) {
  equal(await page.evaluate(() => document.documentElement.scrollWidth), width, "the page's width");
  deepEqual(await page.evaluate(findFaintText), [], "text with a contrast below 4.5 (3 if large)");
}

export async function appearance(check) {
  await check("nothing sticks out at 320 px", async (t) => {
    const { page } = await visitAll(t, { width: 320 });
    await expectInOrder(page, 320);
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const [name, { width, height, ...options }] of Object.entries(SIZES)) {
      await check(`${name}, ${colorScheme}: nothing sticks out, text can be read, and a picture`, async (t) => {
        const { page } = await visitAll(t, { width, height, colorScheme, ...options });
        await page.locator("#avatar img").waitFor();
        await expectInOrder(page, width);
        await takePicture(page, `${name}-${colorScheme}`);
      });
    }
  }
}

/** The page "Signing in": one way with a player, the other one with a refusal. */
export async function signInAppearance(check) {
  async function visit({ openSignIn }, options) {
    const visitor = await openSignIn({ reducedMotion: "reduce", ...options });
    const [byPage, byWorker] = ["by-page", "by-worker"].map((way) => stepsOf(visitor.page, way));
    await byWorker.signIn();
    await byWorker.isIn("Mara Lind");
    await byPage.button("Sign in").click();
    await visitor.page.getByRole("button", { name: "Deny" }).click();
    await byPage.says(/You said no/);
    await byWorker.isIn("Mara Lind");
    await byWorker.now("access", /^until/);
    return visitor.page;
  }

  for (const width of [320, 390, 768, 1280]) {
    await check(`signing in: nothing sticks out at ${width} px`, async (t) => {
      const page = await visit(t, { width });
      equal(await page.evaluate(() => document.documentElement.scrollWidth), width, "the page's width");
    });
  }

  for (const colorScheme of ["light", "dark"]) {
    for (const [name, { width, height, ...options }] of Object.entries(SIZES)) {
      await check(`signing in: ${name}, ${colorScheme}: text can be read, and a picture`, async (t) => {
        const page = await visit(t, { width, height, colorScheme, ...options });
        deepEqual(await page.evaluate(findFaintText), [], "text with a contrast below 4.5 (3 if large)");
        await takePicture(page, `sign-in-${name}-${colorScheme}`);
      });
    }
  }
}

/** The pages of the other services: each has something in every part, and shows what the SDK did. */
export async function otherServicesAppearance(check) {
  const visits = {
    async kumite({ openPage }, options) {
      const { page } = await openPage("/kumite", { reducedMotion: "reduce", ...options });
      const games = gamesOf(page);
      await games.atFullSpeed();
      await games.trouble("answer");
      return page;
    },
    async toornament({ openPage, control }, options) {
      await control.toornament.seed(ROWS);
      const { page } = await openPage("/toornament", { reducedMotion: "reduce", ...options });
      const lists = listsOf(page);
      await lists.settled();
      await lists.trouble("busy");
      return page;
    },
  };

  for (const [name, visit] of Object.entries(visits)) {
    await check(`${name}: nothing sticks out at 320 px`, async (t) => {
      await expectInOrder(await visit(t, { width: 320 }), 320);
    });

    for (const colorScheme of ["light", "dark"]) {
      for (const [size, { width, height, ...options }] of Object.entries(SIZES)) {
        await check(`${name}: ${size}, ${colorScheme}: nothing sticks out, text can be read, and a picture`, async (t) => {
          const page = await visit(t, { width, height, colorScheme, ...options });
          await expectInOrder(page, width);
          await takePicture(page, `${name}-${size}-${colorScheme}`);
        });
      }
    }
  }
}
