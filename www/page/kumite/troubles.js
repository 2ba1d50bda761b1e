// What a visitor can have happen in a game. Each really happens, `before` the game or `during` it.
import { cutWatchers, endTokensOf, failCalls } from "../sandbox.js";

const MOVE = { method: "POST", path: "/kumite/api/v1/board/move" };

export const TROUBLES = [
  {
    id: "answer",
    name: "Drop an answer",
    does: "The sandbox makes the robot's next move, and cuts off the answer. The robot reads the board, finds its move there, and doesn't move again.",
    before: () => failCalls({ ...MOVE, drop: "body" }),
  },
  {
    id: "move",
    name: "Drop a move",
    does: "The sandbox closes the connection of the next move before it is made. The robot reads the board, and moves once more.",
    before: () => failCalls({ ...MOVE, drop: "connection" }),
  },
  {
    id: "tokens",
    name: "End the tokens",
    does: "In the middle of the game the sandbox takes no token any more that it gave: each player gets another one.",
    during: () => endTokensOf("kumite"),
  },
  {
    id: "watchers",
    name: "Cut the WebSockets",
    does: "The sandbox hangs up on whoever watches. They connect again, and look at the board: nothing is missed.",
    during: cutWatchers,
  },
];
