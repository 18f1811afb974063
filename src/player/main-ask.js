/**
 * The page on which the audience of a room asks.
 */

import { startAsk } from "./ask.js";

startAsk();
