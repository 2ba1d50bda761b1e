// Who is who at Kumite.
import { formatTime } from "../words.js";

/** Besides the robot there is but the sandbox's player. */
export const nameOf = (playerId, robot) => (playerId === robot ? "The robot" : "The sandbox");

export const SEATS = { robot: "The robot", onlooker: "The onlooker" };

export const formatEnd = (seconds) => (seconds === undefined ? "" : formatTime(seconds * 1_000));
