// A visitor of the demo's page "Kumite": what they do there, and what it shows of a game.

import { storySteps } from "./story-steps.mjs";

/** The steps of a game, in a tab. */
export function gamesOf(page) {
  const { story, ...steps } = storySteps(page);

  return {
    ...steps,
    story,
    playButton: page.locator("#play"),
    fault: page.locator("#game [data-fault]"),
    outcome: () => page.textContent("#outcome"),

    atFullSpeed: () => page.locator('input[name="pace"][value="full"]').check(),
    againstTheBest: () => page.locator('input[name="opponent"][value="perfect"]').check(),

    /** Plays a game to its end; gives what the SDK did. */
    async play() {
      await page.locator("#play").click();
      return story();
    },

    /** The board as it is drawn: nine of `X`, `O` and `_`. */
    positions: () =>
      page.evaluate(() => [...document.querySelectorAll("#board li")].map(({ dataset }) => dataset.symbol || "_").join("")),

    /** The moves as they are listed: `X5`. */
    moves: () =>
      page.evaluate(() =>
        [...document.querySelectorAll("#moves li")].map(
          (move) => move.querySelector("b").textContent + move.querySelector(".number").textContent.replace("to ", ""),
        ),
      ),

    /** `[rank, who, score]`, as they are listed. */
    scores: () =>
      page.evaluate(() =>
        [...document.querySelectorAll("#scores tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent)),
      ),

    /** Keeps how many moves were listed, whenever that changes. */
    observeMoves: () =>
      page.evaluate(() => {
        globalThis.seenMoves = [];
        const list = document.querySelector("#moves");
        new MutationObserver(() => globalThis.seenMoves.push(list.children.length)).observe(list, { childList: true });
      }),
    seenMoves: () => page.evaluate(() => globalThis.seenMoves),
  };
}
