/**
 * The player of a page of the live preview.
 */

import { start } from "./start.js";
import { startLive } from "./live.js";

start({ startLive });
